#if canImport(WinSDK)
#elseif canImport(Darwin)
    import CZeroMQPlatform
    import Darwin
#elseif canImport(Glibc)
    import CZeroMQPlatform
    import Glibc
#elseif canImport(Musl)
    import CZeroMQPlatform
    import Musl
#endif

#if !canImport(WinSDK)
    extension System {
        /// Names a started thread.
        struct ThreadToken: @unchecked Sendable {  // an opaque number (or pointer) of the system
            fileprivate let thread: pthread_t
        }

        /// A number that is the calling thread's alone for as long as it lives; never 0.
        @inline(__always)
        static var currentThreadNumber: UInt {
            let number = UInt(zeromq_thread_number())
            if number != 0 { return number }
            #if !canImport(Darwin) && canImport(Glibc)
                return pthread_self()
            #else
                return UInt(bitPattern: pthread_self())
            #endif
        }

        static func startThread(_ start: OSThread.Start) throws(IOError) -> ThreadToken {
            let box = Unmanaged.passRetained(start)
            var mask = sigset_t()
            // A new thread inherits the mask: no handler of the program ever runs on it.
            zeromq_signals_block(&mask, MemoryLayout<sigset_t>.size)
            defer { zeromq_signals_restore(&mask, MemoryLayout<sigset_t>.size) }
            #if !canImport(Darwin) && canImport(Glibc)
                var thread = pthread_t()
            #else
                var thread: pthread_t?
            #endif
            let code = pthread_create(&thread, nil, threadEntry, box.toOpaque())
            #if !canImport(Darwin) && canImport(Glibc)
                if code == 0 { return ThreadToken(thread: thread) }
            #else
                if code == 0, let thread { return ThreadToken(thread: thread) }
            #endif
            box.release()
            // EAGAIN here is no invitation to repeat the call: there are no threads left.
            throw IOError(
                code == EAGAIN ? .exhausted : IOError.Kind(systemCode: code), code: code,
                during: .startThread)
        }

        static func isCurrent(_ token: ThreadToken) -> Bool {
            pthread_equal(token.thread, pthread_self()) != 0
        }

        static func join(_ token: ThreadToken) { pthread_join(token.thread, nil) }

        static func detach(_ token: ThreadToken) { pthread_detach(token.thread) }

        #if canImport(Darwin)
            private typealias Box = UnsafeMutableRawPointer
        #else
            private typealias Box = UnsafeMutableRawPointer?
        #endif

        private static let threadEntry: @convention(c) (Box) -> UnsafeMutableRawPointer? = { box in
            guard let box = box as UnsafeMutableRawPointer? else { return nil }
            let start = Unmanaged<OSThread.Start>.fromOpaque(box).takeRetainedValue()
            start.name.withCString { zeromq_thread_name($0) }
            start.body()
            return nil
        }
    }
#endif
