#if !__has_include(<zmq.h>)
#error "libzmq is missing; install it with: apt-get install -y libzmq3-dev"
#endif
#include <zmq.h>
