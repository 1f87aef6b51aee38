// A thread that an object keeps changes what its body writes or hands on, and nothing else of it.
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <cuda_runtime.h>
#include <future>
#include <memory>
#include <mutex>
#include <pthread.h>
#include <queue>
#include <thread>
#include <vector>

void wait_a_bit();
void show(const char *samples, size_t size);
void take(char *samples, size_t size);

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

// ---- the body only reads the buffer, or does not know it ----

class reader {
    char *samples_;
    void *device_ = nullptr;
    cudaStream_t stream_ = nullptr;
    std::atomic<bool> stop_{false};
    std::thread worker_;
    void run()
    {
        while (!stop_) {
            cudaMemcpyAsync(device_, samples_, 4096, cudaMemcpyHostToDevice, stream_);
            cudaStreamSynchronize(stream_);
            show(samples_, 4096);
        }
    }

  public:
    reader() : samples_(new char[4096])
    {
        check(cudaHostRegister(samples_, 4096, 0));
        worker_ = std::thread([this] { run(); });
    }
    ~reader()
    {
        stop_ = true;
        worker_.join();
        delete[] samples_; // expect: freed-while-registered
    }
};

class reader_that_undoes {
    char *samples_;
    std::atomic<bool> stop_{false};
    std::thread worker_;
    void run()
    {
        while (!stop_)
            show(samples_, 4096);
    }

  public:
    reader_that_undoes() : samples_(new char[4096])
    {
        check(cudaHostRegister(samples_, 4096, 0));
        worker_ = std::thread([this] { run(); });
    }
    ~reader_that_undoes()
    {
        stop_ = true;
        worker_.join();
        check(cudaHostUnregister(samples_));
        delete[] samples_;
    }
};

class queue_of_numbers {
    std::vector<char> samples_;
    std::queue<int> numbers_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stop_ = false;
    int sum_ = 0;
    std::thread worker_;
    void run()
    {
        for (;;) {
            std::unique_lock<std::mutex> lock(mutex_);
            changed_.wait(lock, [this] { return stop_ || !numbers_.empty(); });
            if (stop_)
                return;
            sum_ += numbers_.front();
            numbers_.pop();
        }
    }

  public:
    queue_of_numbers() : samples_(8192)
    {
        check(cudaHostRegister(samples_.data(), 8192, 0));
        worker_ = std::thread(&queue_of_numbers::run, this);
    }
    void put(int number)
    {
        std::lock_guard<std::mutex> lock(mutex_);
        numbers_.push(number);
        changed_.notify_one();
    }
    ~queue_of_numbers()
    {
        {
            std::lock_guard<std::mutex> lock(mutex_);
            stop_ = true;
        }
        changed_.notify_all();
        worker_.join();
    } // expect: freed-while-registered
};

class started_and_stopped {
    char *samples_ = nullptr;
    std::atomic<bool> running_{false};
    std::thread worker_;
    void run()
    {
        while (running_)
            wait_a_bit();
    }

  public:
    bool start()
    {
        if (running_)
            return true;
        samples_ = static_cast<char *>(std::malloc(4096));
        if (!samples_)
            return false;
        if (cudaHostRegister(samples_, 4096, 0) != cudaSuccess) {
            std::free(samples_);
            samples_ = nullptr;
            return false;
        }
        running_ = true;
        worker_ = std::thread([this] { run(); });
        return true;
    }
    void stop()
    {
        if (!running_)
            return;
        running_ = false;
        worker_.join();
        std::free(samples_); // expect: freed-while-registered
        samples_ = nullptr;
    }
    ~started_and_stopped()
    {
        stop();
    }
};

class stops_by_token {
    std::vector<char> samples_;
    std::jthread worker_;

  public:
    stops_by_token() : samples_(8192)
    {
        check(cudaHostRegister(samples_.data(), 8192, 0));
        worker_ = std::jthread([this](std::stop_token stop) {
            while (!stop.stop_requested())
                show(samples_.data(), samples_.size());
        });
    }
    ~stops_by_token()
    {
        worker_.request_stop();
        worker_.join();
    } // expect: freed-while-registered
};

class posix_thread {
    char *samples_;
    volatile bool stop_ = false;
    pthread_t worker_;
    static void *main_of(void *self)
    {
        static_cast<posix_thread *>(self)->run();
        return nullptr;
    }
    void run()
    {
        while (!stop_)
            wait_a_bit();
    }

  public:
    posix_thread() : samples_(new char[4096])
    {
        check(cudaHostRegister(samples_, 4096, 0));
        if (pthread_create(&worker_, nullptr, main_of, this) != 0)
            std::abort();
    }
    ~posix_thread()
    {
        stop_ = true;
        pthread_join(worker_, nullptr);
        delete[] samples_; // expect: freed-while-registered
    }
};

class asks_later {
    std::vector<char> samples_;
    int first_ = 0;
    std::future<void> loading_;

  public:
    asks_later() : samples_(8192)
    {
        check(cudaHostRegister(samples_.data(), 8192, 0));
        loading_ = std::async(std::launch::async, [this] { first_ = samples_[0]; });
    }
    ~asks_later()
    {
        loading_.get();
    } // expect: freed-while-registered
};

class leaves_it_alone {
    char *samples_;
    std::atomic<int> turns_{0};

  public:
    leaves_it_alone() : samples_(new char[4096])
    {
        check(cudaHostRegister(samples_, 4096, 0));
        std::thread([this] { turns_++; }).detach();
    }
    ~leaves_it_alone()
    {
        delete[] samples_; // expect: freed-while-registered
    }
};

class many_workers {
    char *samples_;
    std::atomic<bool> stop_{false};
    std::vector<std::thread> workers_;
    void run(int)
    {
        while (!stop_)
            wait_a_bit();
    }

  public:
    many_workers() : samples_(new char[4096])
    {
        check(cudaHostRegister(samples_, 4096, 0));
        for (int i = 0; i < 4; i++)
            workers_.emplace_back([this, i] { run(i); });
    }
    ~many_workers()
    {
        stop_ = true;
        for (auto &worker : workers_)
            worker.join();
        delete[] samples_; // expect: freed-while-registered
    }
};

class behind_a_pointer {
    char *samples_;
    std::atomic<bool> stop_{false};
    std::unique_ptr<std::thread> worker_;

  public:
    behind_a_pointer() : samples_(new char[4096])
    {
        check(cudaHostRegister(samples_, 4096, 0));
        worker_ = std::make_unique<std::thread>([this] {
            while (!stop_)
                wait_a_bit();
        });
    }
    ~behind_a_pointer()
    {
        stop_ = true;
        worker_->join();
        delete[] samples_; // expect: freed-while-registered
    }
};

// ---- the body does its part ----

class pins_in_the_thread {
    char *pinned_;
    bool stop_ = false;
    std::thread worker_;
    void run()
    {
        check(cudaHostRegister(pinned_, 4096, 0));
        while (!stop_)
            wait_a_bit();
        check(cudaHostUnregister(pinned_));
    }

  public:
    pins_in_the_thread() : pinned_(new char[4096])
    {
        worker_ = std::thread([this] { run(); });
    }
    ~pins_in_the_thread()
    {
        stop_ = true;
        worker_.join();
        delete[] pinned_;
    }
};

class undone_by_the_thread {
    char *block_;
    bool stop_ = false;
    std::thread worker_;
    void release()
    {
        check(cudaHostUnregister(block_));
    }
    void run()
    {
        while (!stop_)
            wait_a_bit();
        release();
    }

  public:
    undone_by_the_thread() : block_(new char[4096])
    {
        check(cudaHostRegister(block_, 4096, 0));
        worker_ = std::thread(&undone_by_the_thread::run, this);
    }
    ~undone_by_the_thread()
    {
        stop_ = true;
        worker_.join();
        delete[] block_;
    }
};

class handed_on_by_the_thread {
    char *given_;
    std::thread worker_;

  public:
    handed_on_by_the_thread() : given_(new char[4096])
    {
        check(cudaHostRegister(given_, 4096, 0));
        worker_ = std::thread([this] { take(given_, 4096); });
    }
    ~handed_on_by_the_thread()
    {
        worker_.join();
        delete[] given_;
    }
};

class known_to_others;
void work_on(known_to_others *object);
class known_to_others {
  public:
    char *known_;
    std::thread worker_;
    known_to_others() : known_(new char[4096])
    {
        check(cudaHostRegister(known_, 4096, 0));
        worker_ = std::thread([this] { work_on(this); });
    }
    ~known_to_others()
    {
        worker_.join();
        delete[] known_;
    }
};

// What a flag says that the body sets, the body knows.
class told_by_a_flag {
    char *flagged_;
    std::atomic<bool> pinned_{false};
    std::thread worker_;
    void run()
    {
        if (cudaHostRegister(flagged_, 4096, 0) == cudaSuccess)
            pinned_ = true;
    }

  public:
    told_by_a_flag() : flagged_(new char[4096])
    {
        worker_ = std::thread([this] { run(); });
    }
    ~told_by_a_flag()
    {
        worker_.join();
        if (pinned_)
            check(cudaHostUnregister(flagged_));
        delete[] flagged_;
    }
};

class ready_in_the_end {
    char *waited_for_;
    std::atomic<bool> ready_{false};
    std::thread worker_;

  public:
    ready_in_the_end() : waited_for_(new char[4096])
    {
        check(cudaHostRegister(waited_for_, 4096, 0));
        worker_ = std::thread([this] {
            wait_a_bit();
            ready_ = true;
        });
    }
    ~ready_in_the_end()
    {
        worker_.join();
        if (ready_)
            check(cudaHostUnregister(waited_for_));
        delete[] waited_for_;
    }
};

class exchanges_buffers {
    char *front_, *back_;
    std::mutex mutex_;
    std::atomic<bool> stop_{false};
    std::thread worker_;
    void run()
    {
        while (!stop_) {
            std::lock_guard<std::mutex> lock(mutex_);
            std::swap(front_, back_);
        }
    }

  public:
    exchanges_buffers() : front_(new char[4096]), back_(new char[4096])
    {
        check(cudaHostRegister(front_, 4096, 0));
        check(cudaHostRegister(back_, 4096, 0));
        worker_ = std::thread([this] { run(); });
    }
    ~exchanges_buffers()
    {
        stop_ = true;
        worker_.join();
        check(cudaHostUnregister(front_));
        check(cudaHostUnregister(back_));
        delete[] front_;
        delete[] back_;
    }
};

class queue_of_blocks {
    std::queue<char *> blocks_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stop_ = false;
    std::thread worker_;
    void run()
    {
        for (;;) {
            std::unique_lock<std::mutex> lock(mutex_);
            changed_.wait(lock, [this] { return stop_ || !blocks_.empty(); });
            if (blocks_.empty())
                return;
            char *block = blocks_.front();
            blocks_.pop();
            lock.unlock();
            check(cudaHostUnregister(block));
            delete[] block;
        }
    }

  public:
    queue_of_blocks()
    {
        worker_ = std::thread([this] { run(); });
    }
    void put()
    {
        char *block = new char[4096];
        check(cudaHostRegister(block, 4096, 0));
        {
            std::lock_guard<std::mutex> lock(mutex_);
            blocks_.push(block);
        }
        changed_.notify_one();
    }
    ~queue_of_blocks()
    {
        {
            std::lock_guard<std::mutex> lock(mutex_);
            stop_ = true;
        }
        changed_.notify_all();
        worker_.join();
    }
};

struct job {
    char *input;
    bool is_done = false;
    void run()
    {
        check(cudaHostUnregister(input));
        is_done = true;
    }
};

void done_beside(job *given)
{
    given->input = new char[4096];
    check(cudaHostRegister(given->input, 4096, 0));
    std::thread worker(&job::run, given);
    wait_a_bit();
    worker.join();
    delete[] given->input;
}
