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
        /// Sets what the options ask for; what the system refuses is left as it was.
        static func tune(_ handle: Handle, _ options: StreamOptions, isLocal: Bool) {
            setBuffers(handle, options)
            if !isLocal { tuneNetwork(handle, options) }
            #if !canImport(Darwin)
                // After the type of service, which sets a priority of its own.
                if let priority = options.priority {
                    set(handle, SOL_SOCKET, SO_PRIORITY, priority)
                }
            #endif
        }

        private static func tuneNetwork(_ handle: Handle, _ options: StreamOptions) {
            set(handle, tcpLevel, TCP_NODELAY, 1)
            setKeepAlive(handle, options.keepAlive)
            if let service = options.typeOfService {
                // A dual-stack socket takes both, others one of them.
                set(handle, ipLevel, IP_TOS, Int32(service))
                set(handle, ipv6Level, IPV6_TCLASS, Int32(service))
            }
            if let time = options.maximumRetransmitTime { setRetransmitTime(handle, time) }
        }

        private static func setRetransmitTime(_ handle: Handle, _ time: Duration) {
            #if canImport(Darwin)
                // Whole seconds there, rounded up.
                let seconds = clamped(time + .milliseconds(999), per: .seconds(1))
                set(handle, tcpLevel, TCP_RXT_CONNDROPTIME, seconds)
            #else
                set(handle, tcpLevel, TCP_USER_TIMEOUT, clamped(time, per: .milliseconds(1)))
            #endif
        }

        /// Sets the kernel's buffers; before `listen` or `connect`, for they decide the window
        /// scale.
        static func setBuffers(_ handle: Handle, _ options: StreamOptions) {
            if let size = options.sendBuffer { set(handle, SOL_SOCKET, SO_SNDBUF, clamped(size)) }
            if let size = options.receiveBuffer {
                set(handle, SOL_SOCKET, SO_RCVBUF, clamped(size))
            }
        }

        private static func setKeepAlive(_ handle: Handle, _ keepAlive: KeepAlive) {
            guard let isEnabled = keepAlive.isEnabled else { return }
            set(handle, SOL_SOCKET, SO_KEEPALIVE, isEnabled ? 1 : 0)
            guard isEnabled else { return }
            if let count = keepAlive.count { set(handle, tcpLevel, TCP_KEEPCNT, count) }
            if let idle = keepAlive.idle {
                set(handle, tcpLevel, keepIdleOption, clamped(idle, per: .seconds(1)))
            }
            if let interval = keepAlive.interval {
                set(handle, tcpLevel, TCP_KEEPINTVL, clamped(interval, per: .seconds(1)))
            }
        }

        static func setReuseAddress(_ handle: Handle) throws(IOError) {
            try require(set(handle, SOL_SOCKET, SO_REUSEADDR, 1))
        }

        static func setReusePort(_ handle: Handle) throws(IOError) {
            try require(set(handle, SOL_SOCKET, SO_REUSEPORT, 1))
        }

        static func setIPv6Only(_ handle: Handle, _ only: Bool) throws(IOError) {
            try require(set(handle, ipv6Level, IPV6_V6ONLY, only ? 1 : 0))
        }

        static func bindToDevice(_ handle: Handle, _ device: String) throws(IOError) {
            let name = Array(device.utf8)
            // The longest name the kernel has is 15 bytes.
            guard !name.isEmpty, name.count < 16 else {
                throw IOError(.invalid, during: .setOption)
            }
            #if canImport(Darwin)
                guard let index = interfaceIndex(named: name[...]) else {
                    throw IOError(systemCode: ENODEV, during: .setOption)
                }
                // Each kind of socket takes its own.
                let number = Int32(bitPattern: index)
                if set(handle, ipLevel, IP_BOUND_IF, number) != 0 {
                    try require(set(handle, ipv6Level, IPV6_BOUND_IF, number))
                }
            #else
                let code = setsockopt(
                    descriptor(handle), SOL_SOCKET, SO_BINDTODEVICE, name, socklen_t(name.count))
                try require(code == 0 ? 0 : errno)
            #endif
        }

        // MARK: Plumbing

        /// The time before the first keep-alive probe.
        private static var keepIdleOption: Int32 {
            #if canImport(Darwin)
                TCP_KEEPALIVE
            #else
                TCP_KEEPIDLE
            #endif
        }

        private static var tcpLevel: Int32 { Int32(IPPROTO_TCP) }
        private static var ipLevel: Int32 { Int32(IPPROTO_IP) }
        private static var ipv6Level: Int32 { Int32(IPPROTO_IPV6) }

        /// Sets one option of type `int`.
        ///
        /// - Returns: 0, or the error's code.
        @discardableResult
        private static func set(
            _ handle: Handle, _ level: Int32, _ name: Int32, _ value: Int32
        ) -> Int32 {
            var value = value
            let size = socklen_t(MemoryLayout<Int32>.size)
            return setsockopt(descriptor(handle), level, name, &value, size) == 0 ? 0 : errno
        }

        private static func require(_ code: Int32) throws(IOError) {
            if code != 0 { throw IOError(systemCode: code, during: .setOption) }
        }

        private static func clamped(_ value: Int) -> Int32 { Int32(clamping: value) }

        /// A duration in whole units, at least one: 0 would mean "the system's default".
        private static func clamped(_ duration: Duration, per unit: Duration) -> Int32 {
            let units = duration.clampedNanoseconds / max(1, unit.clampedNanoseconds)
            return max(1, Int32(clamping: units))
        }
    }
#endif
