#if os(Linux) && !canImport(WinSDK)
    import Glibc
    import Testing

    @testable import ZeroMQ

    /// Asking for io_uring, and being refused it.
    @Suite struct IOURingSetupTests {
        private static let refusals: [(code: Int32, kind: IOError.Kind)] = [
            (EPERM, .denied), (EACCES, .denied), (ENOSYS, .unsupported), (ENOMEM, .exhausted),
            (EMFILE, .exhausted),
        ]

        @Test(arguments: refusals) func aRefusalIsAnErrorOfItsKind(
            _ refusal: (code: Int32, kind: IOError.Kind)
        ) {
            var configuration = IOURingConfiguration()
            configuration.refusal = refusal.code
            let before = System.openDescriptors()
            let error = #expect(throws: IOError.self) { _ = try IOURingPoller(configuration) }
            #expect(error?.kind == refusal.kind)
            #expect(error?.code == refusal.code)
            #expect(error?.operation == .openPoller)
            #expect(System.openDescriptors() == before)
        }

        @Test func theErrorOfAContextNamesWhatWasAskedFor() {
            let denied = IOError(.denied, code: EPERM, during: .openPoller)
            let error = ZeroMQError(denied, refusing: .ioUring)
            #expect(error.code == .permissionDenied)
            #expect(error.systemCode == EPERM)
            #expect(error.description.contains("io_uring was asked for"))
            let unknown = IOError(.unsupported, code: ENOSYS, during: .openPoller)
            #expect(ZeroMQError(unknown, refusing: .ioUring).code == .unsupported)
        }

        @Test func aContextSaysWhatItWaitsWith() async throws {
            var options = ContextOptions()
            options.poller = .epoll
            let context = try Context(options)
            #expect(context.pollerName == "epoll")
            await context.shutdown(grace: .zero)
            guard PollerBackend.hasIOUring else { return }
            options.poller = .ioUring
            let other = try Context(options)
            #expect(other.pollerName == "io_uring")
            await other.shutdown(grace: .zero)
        }

        @Test func whereIOURingIsRefusedItIsEpoll() async throws {
            var options = ContextOptions()
            options.poller = .ioUringIfPossible
            let context = try Context(options)
            #expect(context.pollerName == (PollerBackend.hasIOUring ? "io_uring" : "epoll"))
            await context.shutdown(grace: .zero)
        }

        @Test func theConfigurationKeepsToItsRanges() {
            var odd = IOURingConfiguration()
            odd.submissions = 0
            odd.completions = 0
            odd.buffers = 100
            odd.bufferSize = 1
            odd.directReceives = -1
            let low = odd.clamped
            #expect((low.submissions, low.completions) == (1, 1))
            #expect((low.buffers, low.bufferSize, low.directReceives) == (64, 64, 0))
            odd.submissions = .max
            odd.completions = .max
            odd.buffers = .max
            odd.bufferSize = .max
            let high = odd.clamped
            #expect((high.submissions, high.completions) == (32_768, 65_536))
            #expect((high.buffers, high.bufferSize) == (32_768, 1 << 20))
        }
    }
#endif
