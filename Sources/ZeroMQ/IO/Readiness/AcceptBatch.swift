#if !canImport(WinSDK)
    import CZeroMQPlatform

    /// Takes connections out of a listener's backlog, for as long as they leave descriptors to the
    /// rest of the process.
    enum AcceptBatch {
        /// How a batch has ended.
        enum End {
            /// Nobody waits any more.
            case drained
            /// Others may wait.
            case full
            /// Accepting has to rest.
            case failed(IOError)
        }

        /// Accepts up to `most` connections, at least one, and tells of each.
        ///
        /// With `reserve` descriptors left, or fewer, the batch fails as `exhausted` with no code
        /// of the system: whoever waits goes on waiting in the backlog.
        static func run(
            _ descriptor: Int32, most: Int, reserve: Int, _ tell: (Handle) -> Void
        ) -> End {
            var accepted = 0
            var allowance = 0
            var failure: Int32 = 0
            for _ in 0..<max(1, most) {
                if allowance == 0 {
                    allowance = System.acceptAllowance(beside: descriptor, reserve: reserve)
                    if allowance == 0 { return .failed(IOError(.exhausted, during: .accept)) }
                }
                let fd = zeromq_accept(descriptor)
                if fd >= 0 {
                    accepted += 1
                    allowance -= 1
                    tell(Handle(raw: Int(fd)))
                    continue
                }
                failure = -fd
                if failure == System.wouldBlockCode { return .drained }
                guard System.isTransientAcceptError(failure) else { return failed(failure) }
            }
            // Nothing but clients that are gone: not to be kept up at full speed.
            return accepted > 0 ? .full : failed(failure)
        }

        private static func failed(_ code: Int32) -> End {
            .failed(IOError(systemCode: code, during: .accept))
        }
    }
#endif
