#if canImport(WinSDK) && canImport(Glibc)
    import Testing

    @testable import ZeroMQ

    /// Running out of sockets is survived.
    @Suite(.timeLimit(.minutes(1)), .serialized) struct HandleExhaustionTests {
        private static let nobody = SocketAddress(ipv4: 0x7f00_0001, port: 1)

        /// Opens streams until there are none left; returns them and why not.
        private func takeAll() -> (taken: [Handle], error: IOError?) {
            var taken: [Handle] = []
            for _ in 0..<10_000 {
                do throws(IOError) {
                    taken.append(try System.openStream(for: Self.nobody, StreamOptions()))
                } catch {
                    return (taken, error)
                }
            }
            return (taken, nil)
        }

        @Test func aStreamThatCannotBeOpenedIsAnError() throws {
            let server = try #require(WineServer())
            let result = try #require(server.withRoom(for: 5) { takeAll() })
            #expect(result.error?.kind == .exhausted)
            for handle in result.taken { System.close(handle) }
            System.close(try System.openStream(for: Self.nobody, StreamOptions()))
        }
    }
#endif
