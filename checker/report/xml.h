/* Text in XML documents. Inside the report room only. */
#ifndef CUHOSTLINT_REPORT_XML_H
#define CUHOSTLINT_REPORT_XML_H

#include "support/arena.h"

/* Escaped for attribute values and character data; what XML 1.0 cannot hold becomes U+FFFD. */
const char *xml_text(struct arena *arena, const char *text);

#endif
