#if !canImport(WinSDK)
    import Testing

    @testable import ZeroMQ

    #if canImport(Darwin)
        import Darwin
    #elseif canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #endif

    @Suite struct IOErrorTests {
        @Test(
            arguments: [
                (EAGAIN, IOError.Kind.retry), (EINTR, .retry), (EINPROGRESS, .retry),
                (ECONNREFUSED, .refused), (ENOENT, .refused),
                (EHOSTUNREACH, .unreachable), (ENETUNREACH, .unreachable), (ENETDOWN, .unreachable),
                (ECONNRESET, .reset), (EPIPE, .reset), (ECONNABORTED, .reset), (ENOTCONN, .reset),
                (ETIMEDOUT, .timedOut), (EADDRINUSE, .addressInUse),
                (EADDRNOTAVAIL, .addressNotAvailable), (ENODEV, .addressNotAvailable),
                (EMFILE, .exhausted), (ENFILE, .exhausted), (ENOBUFS, .exhausted),
                (ENOMEM, .exhausted),
                (EACCES, .denied), (EPERM, .denied), (EAFNOSUPPORT, .unsupported),
                (ENOSYS, .unsupported),
                (EINVAL, .invalid), (ENAMETOOLONG, .invalid), (ECANCELED, .cancelled),
                (EBADF, .closed),
                (EIO, .other), (0, .other), (-1, .other), (99999, .other),
            ] as [(Int32, IOError.Kind)])
        func classifies(_ code: Int32, _ kind: IOError.Kind) {
            let error = IOError(systemCode: code, during: .receive)
            #expect(error.kind == kind)
            #expect(error.code == code)
            #expect(error.operation == .receive)
        }

        @Test func missingFolderIsNoRefusal() {
            #expect(IOError(systemCode: ENOENT, during: .bind).kind == .addressNotAvailable)
        }

        @Test func describesItself() {
            let refused = IOError(systemCode: ECONNREFUSED, during: .connect)
            #expect(refused.description == "connect: connection refused (\(ECONNREFUSED))")
            #expect(IOError(.closed, during: .wait).description == "wait: closed")
        }

        @Test func acceptErrorsOfOneClientAreTransient() {
            for code in [ECONNABORTED, EINTR, EPROTO, ENETDOWN, EHOSTUNREACH] {
                #expect(System.isTransientAcceptError(code))
            }
            for code in [EMFILE, ENFILE, ENOBUFS, ENOMEM, EBADF, EINVAL, EAGAIN] {
                #expect(!System.isTransientAcceptError(code))
            }
        }
    }
#endif
