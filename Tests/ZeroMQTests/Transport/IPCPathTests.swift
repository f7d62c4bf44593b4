#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Testing

    @testable import ZeroMQ

    @Suite struct IPCPathTests {
        @Test func BI_E22_bindTwiceAndAgainAfterUnbind() throws {
            let place = try ScratchDirectory()
            let path = place.path("s")
            let first = try listen(at: .path(path))
            let error = #expect(throws: EndpointError.self) { try listen(at: .path(path)) }
            #expect(error?.code == .addressInUse)
            #expect(error?.reason.contains("somebody else listens there") == true)
            first.path.release()
            System.close(first.handle)
            #expect(try System.status(of: path) == nil)
            let second = try listen(at: .path(path))
            second.path.release()
            System.close(second.handle)
            #expect(try System.status(of: path) == nil)
        }

        /// reliability.md section 3, row 38: a socket left behind by a process that is gone.
        @Test func BI_E18_deadSocketIsReplaced() throws {
            let place = try ScratchDirectory()
            let path = place.path("s")
            let dead = try listen(at: .path(path))
            System.close(dead.handle)
            #expect(try System.status(of: path)?.kind == .socket)
            let fresh = try listen(at: .path(path))
            #expect(try System.status(of: path)?.kind == .socket)
            fresh.path.release()
            System.close(fresh.handle)
            #expect(place.names == [])
        }

        @Test(arguments: ScratchDirectory.Thing.allCases)
        func BI_E18_whatIsNoSocketStays(_ thing: ScratchDirectory.Thing) throws {
            let place = try ScratchDirectory()
            let path = place.path("s")
            try place.make(thing, at: path)
            let before = try #require(try System.status(of: path))
            let error = #expect(throws: EndpointError.self) { try listen(at: .path(path)) }
            #expect(error?.code == .addressInUse)
            #expect(error?.reason.contains("\(before.kind.text)") == true)
            #expect(try System.status(of: path) == before)
            #expect(place.names == ["s"])
        }

        @Test func BI_E18_liveSocketStays() throws {
            let place = try ScratchDirectory()
            let path = place.path("s")
            // Its backlog is full as well: a connection is neither made nor refused.
            let address = try #require(SocketAddress(path: path))
            var options = ListenOptions()
            options.backlog = 1
            let live = try System.openListener(address, options)
            var clients: [Handle] = []
            for _ in 0..<4 {
                let client = try System.openSocket(for: address)
                _ = System.startConnect(client, to: address)
                clients.append(client)
            }
            let error = #expect(throws: EndpointError.self) { try listen(at: .path(path)) }
            #expect(error?.code == .addressInUse)
            #expect(try System.status(of: path)?.kind == .socket)
            for handle in clients + [live] { System.close(handle) }
        }

        @Test func BI_E18_releaseLeavesASocketThatIsNotOurs() throws {
            let place = try ScratchDirectory()
            let path = place.path("s")
            let ours = try listen(at: .path(path))
            System.removeFile(path)
            let theirs = try listen(at: .path(path))
            ours.path.release()
            #expect(try System.status(of: path)?.kind == .socket)
            theirs.path.release()
            #expect(try System.status(of: path) == nil)
            System.close(ours.handle)
            System.close(theirs.handle)
        }

        @Test func BI_E18_missingDirectory() throws {
            let place = try ScratchDirectory()
            let error = #expect(throws: EndpointError.self) {
                try listen(at: .path(place.path("no/such/directory")))
            }
            #expect(error?.code == .addressNotAvailable)
            #expect(place.names == [])
        }

        @Test func BI_E19_temporaryPathInAPrivateDirectory() throws {
            let bound = try listen(at: .temporary)
            guard case .path(let path) = bound.path.endpoint else {
                Issue.record("not a path")
                return
            }
            #expect(bound.path.address == SocketAddress(path: path))
            let slash = try #require(path.lastIndex(of: UInt8(ascii: "/")))
            let directory = Array(path[..<slash])
            #expect(ScratchDirectory.mode(of: directory) == 0o700)
            #expect(try System.status(of: path)?.kind == .socket)
            let text = Endpoint.ipc(bound.path.endpoint).description
            #expect(try Endpoint(text, for: .connect) == .ipc(.path(path)))
            bound.path.release()
            System.close(bound.handle)
            #expect(try System.status(of: path) == nil)
            #expect(try System.status(of: directory) == nil)
        }

        @Test func BI_E19_nothingIsLeftWhenTheListenerFails() throws {
            nonisolated(unsafe) var tried: SocketAddress?
            let error = #expect(throws: EndpointError.self) {
                try IPCPath.listen(at: .temporary) { (address) throws(IOError) in
                    tried = address
                    throw IOError(.exhausted, during: .openSocket)
                }
            }
            #expect(error?.code == .system)
            guard case .path(let path)? = tried?.storage,
                let slash = path.lastIndex(of: UInt8(ascii: "/"))
            else {
                Issue.record("no path was tried")
                return
            }
            #expect(try System.status(of: Array(path[..<slash])) == nil)
        }

        @Test func BI_E17_abstractNamesTouchNoFile() throws {
            let name = Array("zeromq-test-\(System.processID)".utf8)
            let bound = try listen(at: .abstract(name))
            let error = #expect(throws: EndpointError.self) { try listen(at: .abstract(name)) }
            #expect(error?.code == .addressInUse)
            bound.path.release()
            System.close(bound.handle)
            let again = try listen(at: .abstract(name))
            System.close(again.handle)
        }

        @Test func BI_E16_pathTooLongNamesTheLimit() {
            let long = [UInt8](repeating: 97, count: SocketAddress.maximumPathLength + 1)
            let error = #expect(throws: EndpointError.self) { try listen(at: .path(long)) }
            #expect(error?.code == .invalid)
            #expect(error?.reason.contains("\(SocketAddress.maximumPathLength) bytes") == true)
        }

        private func listen(at endpoint: IPCEndpoint) throws -> (handle: Handle, path: IPCPath) {
            try IPCPath.listen(at: endpoint) { (address) throws(IOError) in
                try System.openListener(address, ListenOptions())
            }
        }
    }
#endif
