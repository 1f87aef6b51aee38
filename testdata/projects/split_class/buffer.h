#ifndef BUFFER_H
#define BUFFER_H

#include <cstddef>
#include <vector>

namespace transfer
{

// Right: the members that undo it are in the other file.
class buffer
{
  public:
    explicit buffer(std::size_t bytes);
    buffer(const buffer &) = delete;
    buffer &operator=(const buffer &) = delete;
    ~buffer();
    bool lock();
    void unlock();
    char *data()
    {
        return bytes_.data();
    }

  private:
    std::vector<char> bytes_;
    bool locked_ = false;
};

// Its destructor, in the other file, forgets.
class forgetful
{
  public:
    forgetful();
    forgetful(const forgetful &) = delete;
    forgetful &operator=(const forgetful &) = delete;
    ~forgetful();

  private:
    char *block_;
};

// Right: registered here, unregistered there.
class crossing
{
  public:
    bool open(void *block);
    void close();

  private:
    void *block_ = nullptr;
};

} // namespace transfer

#endif
