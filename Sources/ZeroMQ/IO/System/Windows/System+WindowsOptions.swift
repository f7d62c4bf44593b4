#if canImport(WinSDK)
    import WinSDK

    extension System {
        /// The system's numbers, which its headers define as macros Swift does not see.
        private enum Option {
            static let socketLevel: Int32 = 0xFFFF
            static let tcpLevel: Int32 = 6
            static let ipLevel: Int32 = 0
            static let ipv6Level: Int32 = 41
            static let keepAlive: Int32 = 0x0008
            static let exclusive: Int32 = ~0x0004
            static let sendBuffer: Int32 = 0x1001
            static let receiveBuffer: Int32 = 0x1002
            static let noDelay: Int32 = 0x0001
            static let keepIdle: Int32 = 3
            static let keepCount: Int32 = 16
            static let keepInterval: Int32 = 17
            static let maximumRetransmit: Int32 = 5
            static let typeOfService: Int32 = 3
            static let trafficClass: Int32 = 39
            static let ipv6Only: Int32 = 27
        }

        /// Sets what the options ask for; what the system refuses is left as it was.
        static func tune(_ handle: Handle, _ options: StreamOptions, isLocal: Bool) {
            setBuffers(handle, options)
            if isLocal { return }
            set(handle, Option.tcpLevel, Option.noDelay, 1)
            setKeepAlive(handle, options.keepAlive)
            if let service = options.typeOfService {
                set(handle, Option.ipLevel, Option.typeOfService, Int32(service))
                set(handle, Option.ipv6Level, Option.trafficClass, Int32(service))
            }
            if let time = options.maximumRetransmitTime {
                set(
                    handle, Option.tcpLevel, Option.maximumRetransmit,
                    clamped(time, per: .seconds(1)))
            }
        }

        static func setBuffers(_ handle: Handle, _ options: StreamOptions) {
            if let size = options.sendBuffer {
                set(handle, Option.socketLevel, Option.sendBuffer, Int32(clamping: size))
            }
            if let size = options.receiveBuffer {
                set(handle, Option.socketLevel, Option.receiveBuffer, Int32(clamping: size))
            }
        }

        private static func setKeepAlive(_ handle: Handle, _ keepAlive: KeepAlive) {
            guard let isEnabled = keepAlive.isEnabled else { return }
            set(handle, Option.socketLevel, Option.keepAlive, isEnabled ? 1 : 0)
            guard isEnabled else { return }
            if let count = keepAlive.count {
                set(handle, Option.tcpLevel, Option.keepCount, count)
            }
            if let idle = keepAlive.idle {
                set(handle, Option.tcpLevel, Option.keepIdle, clamped(idle, per: .seconds(1)))
            }
            if let interval = keepAlive.interval {
                set(
                    handle, Option.tcpLevel, Option.keepInterval,
                    clamped(interval, per: .seconds(1)))
            }
        }

        /// Nobody else may listen where we do. (`SO_REUSEADDR` would let everybody.)
        static func setExclusive(_ handle: Handle) {
            set(handle, Option.socketLevel, Option.exclusive, 1)
        }

        static func setIPv6Only(_ handle: Handle, _ only: Bool) throws(IOError) {
            if set(handle, Option.ipv6Level, Option.ipv6Only, only ? 1 : 0) != 0 {
                throw .lastSocketError(during: .setOption)
            }
        }

        /// Sets one option of type `int`; returns what the system does.
        @discardableResult
        private static func set(
            _ handle: Handle, _ level: Int32, _ name: Int32, _ value: Int32
        ) -> Int32 {
            var value = value
            return setOption(handle, level, name, &value, 4)
        }

        /// Sets an option of `count` bytes; returns what the system does.
        static func setOption(
            _ handle: Handle, _ level: Int32, _ name: Int32, _ value: UnsafeRawPointer?,
            _ count: Int32
        ) -> Int32 {
            setsockopt(
                socket(handle), level, name, value?.assumingMemoryBound(to: CHAR.self), count)
        }

        /// A duration in whole units, at least one: 0 would mean "the system's default".
        private static func clamped(_ duration: Duration, per unit: Duration) -> Int32 {
            let units = duration.clampedNanoseconds / max(1, unit.clampedNanoseconds)
            return max(1, Int32(clamping: units))
        }
    }
#endif
