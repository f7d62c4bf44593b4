#if __has_include(<zmq.h>)
#include <zmq.h>
#else
#error "libzmq is missing: apt-get install libzmq3-dev, or brew install zeromq"
#endif
