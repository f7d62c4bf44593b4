#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    /// What an operation is for: told to the kernel with it, and by the kernel with its outcome.
    struct RingTag {
        enum Kind: UInt8 {
            /// Outcomes that mean nothing: a cancellation that came too late.
            case none
            case wake
            /// A receive into a buffer that the kernel picks.
            case sharedReceive
            /// A receive into what the handler has lent.
            case directReceive
            case send
            case accept
            case connect
            case watch
            case hangUp
        }

        let raw: UInt64

        @inline(__always)
        init(raw: UInt64) { self.raw = raw }

        /// The low 24 bits of the generation are enough: an entry is not freed while any of its
        /// operations is with the kernel.
        @inline(__always)
        init(_ kind: Kind, _ entry: EntryID) {
            raw =
                UInt64(kind.rawValue) << 56 | UInt64(entry.generation & 0xFF_FFFF) << 32
                | UInt64(entry.index)
        }

        static let wake = RingTag(raw: UInt64(Kind.wake.rawValue) << 56)

        @inline(__always)
        var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: raw >> 56)) ?? .none }

        @inline(__always)
        var index: UInt32 { UInt32(truncatingIfNeeded: raw) }

        /// Whether an entry is the one that this is about.
        @inline(__always)
        func isAbout(_ entry: EntryID) -> Bool {
            entry.generation & 0xFF_FFFF == UInt32(truncatingIfNeeded: raw >> 32) & 0xFF_FFFF
        }
    }
#endif
