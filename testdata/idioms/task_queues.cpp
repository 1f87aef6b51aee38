// Tasks that a thread takes from a queue may do what any closure of the program does.
#include <condition_variable>
#include <cstdlib>
#include <cuda_runtime.h>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

class tasks {
    std::deque<std::function<void()>> tasks_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stop_ = false;
    std::thread worker_;
    char *scratch_;
    void run()
    {
        for (;;) {
            std::function<void()> task;
            {
                std::unique_lock<std::mutex> lock(mutex_);
                changed_.wait(lock, [this] { return stop_ || !tasks_.empty(); });
                if (tasks_.empty())
                    return;
                task = std::move(tasks_.front());
                tasks_.pop_front();
            }
            task();
        }
    }

  public:
    tasks() : scratch_(new char[4096])
    {
        check(cudaHostRegister(scratch_, 4096, 0));
        worker_ = std::thread([this] { run(); });
    }
    void post(std::function<void()> task)
    {
        std::lock_guard<std::mutex> lock(mutex_);
        tasks_.push_back(std::move(task));
        changed_.notify_one();
    }
    ~tasks()
    {
        {
            std::lock_guard<std::mutex> lock(mutex_);
            stop_ = true;
        }
        changed_.notify_all();
        worker_.join();
        delete[] scratch_; // expect: freed-while-registered
    }
};

class tasks_that_undo {
    std::deque<std::function<void()>> tasks_;
    std::mutex mutex_;
    bool stop_ = false;
    std::thread worker_;
    char *staging_;
    void run()
    {
        while (!stop_) {
            std::function<void()> task;
            {
                std::lock_guard<std::mutex> lock(mutex_);
                if (tasks_.empty())
                    continue;
                task = std::move(tasks_.front());
                tasks_.pop_front();
            }
            task();
        }
    }

  public:
    tasks_that_undo() : staging_(new char[4096])
    {
        check(cudaHostRegister(staging_, 4096, 0));
        worker_ = std::thread([this] { run(); });
    }
    void post(std::function<void()> task)
    {
        std::lock_guard<std::mutex> lock(mutex_);
        tasks_.push_back(std::move(task));
    }
    ~tasks_that_undo()
    {
        post([this] {
            check(cudaHostUnregister(staging_));
            stop_ = true;
        });
        worker_.join();
        delete[] staging_;
    }
};
