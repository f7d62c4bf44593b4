#if canImport(WinSDK)
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

#if !canImport(WinSDK)
    extension System {
        static var standardInput: Int32 { 0 }
        static var standardOutput: Int32 { 1 }
        static var standardError: Int32 { 2 }

        static func readSome(
            _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer
        ) -> Transfer {
            transfer { read(descriptor, buffer.baseAddress, buffer.count) }
        }

        static func writeSome(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Transfer {
            transfer { write(descriptor, buffer.baseAddress, buffer.count) }
        }

        private static func transfer(_ call: () -> Int) -> Transfer {
            while true {
                let result = call()
                if result >= 0 { return .bytes(result) }
                switch errno {
                case EINTR: continue
                case EAGAIN: return .wouldBlock
                case EPIPE: return .closed
                default: return .failed(String(cString: strerror(errno)))
                }
            }
        }

        /// Waits until the descriptor can be written to.
        static func waitWritable(_ descriptor: Int32) {
            var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = withUnsafeMutablePointer(to: &poll) { pollOne($0) }
        }

        private static func pollOne(_ entry: UnsafeMutablePointer<pollfd>) -> Int32 {
            poll(entry, 1, -1)
        }

        /// Whether waiting for the descriptor makes sense: files and devices are always ready.
        static func canWait(for descriptor: Int32) -> Bool {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { return false }
            let type = status.st_mode & S_IFMT
            return type == S_IFIFO || type == S_IFSOCK || isatty(descriptor) == 1
        }

        /// A pipe for signals: its ends, for reading and for writing.
        static func makePipe() -> (read: Int32, write: Int32)? {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { return nil }
            for end in ends {
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
            }
            return (ends[0], ends[1])
        }

        /// Calls `handler` on an interrupt or a request to terminate. Writing to a closed pipe
        /// becomes an error instead of a signal.
        static func onInterrupt(_ handler: @escaping @convention(c) (Int32) -> Void) {
            signal(SIGINT, handler)
            signal(SIGTERM, handler)
            signal(SIGPIPE, SIG_IGN)
        }

        /// Ends at once, as a signal handler may.
        static func quit(_ status: Int32) {
            _exit(status)
        }

        static func end(_ status: Int32) -> Never {
            exit(status)
        }
    }
#endif
