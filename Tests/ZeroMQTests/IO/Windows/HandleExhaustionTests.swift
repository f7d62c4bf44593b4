#if canImport(WinSDK) && canImport(Glibc)
    import Testing
    import WinSDK

    @testable import ZeroMQ

    /// reliability.md section 4, L6: running out of sockets is survived.
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

        /// Opens a directory again and again: a descriptor of the server's each, where a socket that
        /// is made takes two for a moment.
        private func takeRest() -> [HANDLE] {
            var taken: [HANDLE] = []
            let (share, openExisting, directories): (DWORD, DWORD, DWORD) = (7, 3, 0x0200_0000)
            for _ in 0..<10_000 {
                let file = System.withWide(System.temporaryDirectory) {
                    CreateFileW($0, 0, share, nil, openExisting, directories, nil)
                }
                guard let file, file != INVALID_HANDLE_VALUE else { break }
                taken.append(file)
            }
            return taken
        }

        @Test func L6_exhaustedListenerPausesAndResumes() throws {
            let server = try #require(WineServer())
            let loop = try TestLoop(.systemTCP)
            let before = loop.ledger
            let listener = try TestEnd.listening(loop)
            let address = try #require(listener.localAddress)
            var clients: [TestEnd] = []
            for _ in 0..<8 {
                let handle = try loop.poller.openStream(for: address, StreamOptions())
                clients.append(try TestEnd(loop, adopting: handle))
            }
            loop.settle()
            var fillers: [Handle] = []
            var files: [HANDLE] = []
            let isLimited: Void? = server.withRoom(for: 0) {
                let (taken, error) = takeAll()
                fillers = taken
                #expect(error?.kind == .exhausted)
                files = takeRest()
                for client in clients { loop.poller.connect(client.id, to: address) }
                loop.run { !listener.acceptErrors.isEmpty }
                #expect(listener.acceptErrors.map(\.kind) == [.exhausted])
                // Paused: the error does not come again and again.
                loop.settle()
                #expect(listener.acceptErrors.count == 1)
                // Still full: one more error for one more try.
                loop.poller.accept(on: listener.id)
                loop.run { listener.acceptErrors.count == 2 }
                #expect(listener.accepted.isEmpty)
            }
            for filler in fillers { System.close(filler) }
            for file in files { #expect(CloseHandle(file)) }
            try #require(isLimited != nil)
            loop.poller.accept(on: listener.id)
            loop.run { listener.accepted.count == 8 }
            #expect(clients.allSatisfy { $0.isConnected })
            for handle in listener.accepted { loop.poller.close(handle) }
            for end in clients + [listener] { end.retire() }
            loop.run { clients.allSatisfy(\.isRetired) && listener.isRetired }
            loop.expectBack(to: before)
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
