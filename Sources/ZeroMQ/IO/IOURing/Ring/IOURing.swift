#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    import CZeroMQPlatform

    /// One ring of the kernel: operations go in, outcomes come out, a call moves both.
    ///
    /// The ring is set up disabled, and becomes the thread's that first enters: from then on no
    /// other thread may, and the kernel does its part of the work in that thread's calls alone.
    struct IOURing: ~Copyable {
        /// How the kernel is asked to run, the best first.
        enum Setup: CaseIterable {
            /// Linux 6.1: one thread, and work only when it asks for outcomes.
            case deferred
            /// Linux 6.0: work only when some thread of the process calls the kernel.
            case cooperative

            fileprivate var flags: UInt32 {
                let common =
                    ZEROMQ_URING_SETUP_CQSIZE | ZEROMQ_URING_SETUP_CLAMP
                    | ZEROMQ_URING_SETUP_SUBMIT_ALL | ZEROMQ_URING_SETUP_TASKRUN_FLAG
                return switch self {
                case .deferred:
                    common | ZEROMQ_URING_SETUP_R_DISABLED | ZEROMQ_URING_SETUP_SINGLE_ISSUER
                        | ZEROMQ_URING_SETUP_DEFER_TASKRUN
                case .cooperative:
                    common | ZEROMQ_URING_SETUP_COOP_TASKRUN
                }
            }
        }

        private var shared: zeromq_uring
        let setup: Setup
        var submissions: SubmissionQueue
        var completions: CompletionQueue
        private var isEnabled: Bool
        private let interfere: (@Sendable (UInt32) -> Int32?)?

        init(_ configuration: IOURingConfiguration) throws(IOError) {
            if let code = configuration.refusal {
                throw IOError(systemCode: code, during: .openPoller)
            }
            (shared, setup) = try Self.open(configuration)
            submissions = SubmissionQueue(shared)
            completions = CompletionQueue(shared)
            isEnabled = setup != .deferred
            interfere = configuration.interfere
        }

        /// What every kernel worth it knows.
        private static var needed: [UInt8] {
            [
                ZEROMQ_URING_ASYNC_CANCEL, ZEROMQ_URING_CONNECT, ZEROMQ_URING_POLL_ADD,
                ZEROMQ_URING_SEND, ZEROMQ_URING_SENDMSG, ZEROMQ_URING_RECV,
                ZEROMQ_URING_RECVMSG,
                // Can be done without, but what came with it cannot: multishot receives.
                ZEROMQ_URING_SEND_ZC,
            ]
        }

        private static func open(
            _ configuration: IOURingConfiguration
        ) throws(IOError) -> (zeromq_uring, Setup) {
            var code = -System.notImplementedCode
            for setup in configuration.setups {
                var shared = zeromq_uring()
                code = zeromq_uring_open(
                    &shared, configuration.submissions, configuration.completions, setup.flags)
                // Whoever does not know a flag says so; any other refusal is final.
                if code == -System.invalidArgumentCode { continue }
                if code < 0 { break }
                if supports(shared.fd, needed) { return (shared, setup) }
                zeromq_uring_close(&shared)
                code = -System.unsupportedCode
                break
            }
            throw IOError(systemCode: -code, during: .openPoller)
        }

        deinit {
            var shared = shared
            if shared.fd >= 0 { zeromq_uring_close(&shared) }
        }

        /// Closes the ring; it is not to be used any more.
        mutating func close() { zeromq_uring_close(&shared) }

        var fd: Int32 { shared.fd }

        /// Whether the kernel knows all of these operations.
        func supports(_ operations: [UInt8]) -> Bool { Self.supports(fd, operations) }

        private static func supports(_ fd: Int32, _ operations: [UInt8]) -> Bool {
            zeromq_uring_supports(fd, operations, Int32(truncatingIfNeeded: operations.count)) == 1
        }

        // MARK: Entering

        /// Whether outcomes did not fit into their ring, and wait in the kernel.
        var hasOverflowed: Bool {
            zeromq_load_acquire(shared.sq_flags) & ZEROMQ_URING_SQ_OVERFLOW != 0
        }

        /// Whether the kernel has something to do or to tell, once it is called.
        private var isCalledFor: Bool {
            let flags = zeromq_load_acquire(shared.sq_flags)
            return flags & (ZEROMQ_URING_SQ_OVERFLOW | ZEROMQ_URING_SQ_TASKRUN) != 0
                || !submissions.isEmpty
        }

        /// Hands over what was pushed, and waits for an outcome for at most so many nanoseconds
        /// (negative: for ever). May return early; an error means that the ring is broken.
        mutating func enter(waiting nanoseconds: Int64) throws(IOError) {
            var mayWait = nanoseconds != 0 && completions.isEmpty
            guard mayWait || isCalledFor else { return }
            if !isEnabled { try enable() }
            while true {
                let count = submissions.publish()
                // More than the ring holds: without waiting, until the last of it is in.
                let isLast = !submissions.hasSpilled
                let code = call(count, mayWait && isLast ? nanoseconds : 0)
                if code >= 0 {
                    if isLast { return }
                    if code == 0 { return }
                    mayWait = mayWait && completions.isEmpty
                    continue
                }
                return try take(-code, &mayWait)
            }
        }

        private mutating func take(_ code: Int32, _ mayWait: inout Bool) throws(IOError) {
            switch code {
            case System.timerExpiredCode, System.interruptedCode: return
            case System.wouldBlockCode, System.busyCode, System.noMemoryCode:
                // It takes nothing more before it has got rid of something, or has memory again.
                // What was pushed stays where it is.
                let code = call(0, mayWait ? Self.shortWait : 0)
                switch -code {
                case ...0, System.timerExpiredCode, System.interruptedCode, System.wouldBlockCode,
                    System.busyCode, System.noMemoryCode:
                    return
                default: throw IOError(systemCode: -code, during: .wait)
                }
            default: throw IOError(systemCode: code, during: .wait)
            }
        }

        private static var shortWait: Int64 { 1_000_000 }

        private func call(_ count: UInt32, _ nanoseconds: Int64) -> Int32 {
            if let code = interfere?(count) { return -code }
            return zeromq_uring_enter(fd, count, nanoseconds == 0 ? 0 : 1, nanoseconds)
        }

        private mutating func enable() throws(IOError) {
            let code = zeromq_uring_enable(fd)
            if code < 0 { throw IOError(systemCode: -code, during: .wait) }
            isEnabled = true
        }
    }
#endif
