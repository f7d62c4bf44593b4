#if canImport(WinSDK)
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

#if !canImport(WinSDK)
    extension IOError {
        /// Classifies an `errno`.
        init(systemCode code: Int32, during operation: IOOperation) {
            var kind = Kind(systemCode: code)
            // A missing folder is no refusal when it is we who want to listen in it.
            if operation == .bind, kind == .refused { kind = .addressNotAvailable }
            self.init(kind, code: code, during: operation)
        }
    }

    extension IOError.Kind {
        /// The one table from `errno` to what can be done about it.
        init(systemCode code: Int32) {
            switch code {
            case EAGAIN, EINTR, EINPROGRESS, EALREADY: self = .retry
            case ECONNREFUSED, ENOENT: self = .refused
            case EHOSTUNREACH, ENETUNREACH, ENETDOWN, EHOSTDOWN: self = .unreachable
            case ECONNRESET, EPIPE, ECONNABORTED, ENETRESET, ENOTCONN, ESHUTDOWN: self = .reset
            case ETIMEDOUT: self = .timedOut
            case EADDRINUSE: self = .addressInUse
            case EADDRNOTAVAIL, ENODEV: self = .addressNotAvailable
            case EMFILE, ENFILE, ENOBUFS, ENOMEM, ENOSPC: self = .exhausted
            case EACCES, EPERM, EROFS: self = .denied
            case EAFNOSUPPORT, EPROTONOSUPPORT, EOPNOTSUPP, ENOPROTOOPT, ENOSYS, ESOCKTNOSUPPORT,
                EPROTOTYPE:
                self = .unsupported
            case EINVAL, EFAULT, ENAMETOOLONG, ENOTDIR, ELOOP, EISDIR, ENOTSOCK, EDESTADDRREQ,
                EMSGSIZE, EEXIST:
                self = .invalid
            case ECANCELED: self = .cancelled
            case EBADF: self = .closed
            default: self = .other
            }
        }
    }

    extension System {
        static var timedOutCode: Int32 { ETIMEDOUT }
        static var wouldBlockCode: Int32 { EAGAIN }
        static var interruptedCode: Int32 { EINTR }
        static var inProgressCode: Int32 { EINPROGRESS }
        static var notPermittedCode: Int32 { EPERM }
        static var notSocketCode: Int32 { ENOTSOCK }
        static var existsCode: Int32 { EEXIST }

        /// Whether a failed accept concerns that one client only, so that the next can be tried at
        /// once.
        ///
        /// The network errors are those Linux passes on from the new connection.
        static func isTransientAcceptError(_ code: Int32) -> Bool {
            switch code {
            case ECONNABORTED, EINTR, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, EHOSTUNREACH,
                EOPNOTSUPP, ENETUNREACH, EPERM, ETIMEDOUT, ECONNRESET:
                true
            default: false
            }
        }
    }
#endif
