#ifndef COMMON_H
#define COMMON_H

int use_first(void);
int use_second(void);

#endif
