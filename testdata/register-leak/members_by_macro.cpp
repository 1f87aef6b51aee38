/* Lists of members as macros: the calls of all of them stand at one place. */
#include <cuda_runtime_api.h>
#include <stdlib.h>

#define ALL_FIELDS(X) X(density) X(momentum) X(energy)
#define SOME_FIELDS(X) X(density) X(momentum)

#define DECLARE(f) double *f##_ = nullptr;
#define PIN(f)                                                                                     \
    if (cudaHostRegister(f##_, 4096, 0) != cudaSuccess)                                            \
        abort();
#define UNPIN(f) (void)cudaHostUnregister(f##_);

class Forgets
{
  public:
    void pin(double *density, double *momentum, double *energy)
    {
        density_ = density;
        momentum_ = momentum;
        energy_ = energy;
        ALL_FIELDS(PIN) // expect: register-leak
    }
    void unpin()
    {
        SOME_FIELDS(UNPIN)
    }

  private:
    ALL_FIELDS(DECLARE)
};

class Undoes
{
  public:
    void pin(double *density, double *momentum, double *energy)
    {
        density_ = density;
        momentum_ = momentum;
        energy_ = energy;
        ALL_FIELDS(PIN)
    }
    void unpin()
    {
        ALL_FIELDS(UNPIN)
    }

  private:
    ALL_FIELDS(DECLARE)
};

/* All of them: still one finding for one place. */
class ForgetsAll
{
  public:
    void pin(double *density, double *momentum, double *energy)
    {
        density_ = density;
        momentum_ = momentum;
        energy_ = energy;
        ALL_FIELDS(PIN) // expect: register-leak
    }

  private:
    ALL_FIELDS(DECLARE)
};

/* The status of one of the calls is never looked at. */
#define PIN_LATER(f) cudaError_t f##_status = cudaHostRegister(f, 4096, 0);
#define UNPIN_LATER(f)                                                                             \
    if (f##_status == cudaSuccess)                                                                 \
        (void)cudaHostUnregister(f);

void one_status(double *density, double *momentum, double *energy)
{
    ALL_FIELDS(PIN_LATER) // expect: unchecked-call
    SOME_FIELDS(UNPIN_LATER)
    (void)cudaHostUnregister(energy);
}
