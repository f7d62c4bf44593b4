import Testing

@testable import ZeroMQ

/// What an endpoint asks of the system, known at the call that names it.
@Suite struct EndpointSupportTests {
    @Test(arguments: ["ipc://*", "ipc:///tmp/a", "ipc://@a"])
    func ipcNeedsLocalSockets(_ text: String) throws {
        let endpoint = try Endpoint(text, for: .bind)
        let error = #expect(throws: EndpointError.self) {
            try endpoint.requireSystemSupport(localSockets: false, abstractNames: false)
        }
        #expect(error?.code == .unsupported)
        #expect(
            error?.reason == "'\(text)': 'ipc' needs local sockets, and this system has none")
    }

    @Test func abstractNamesAreOfLinux() throws {
        let endpoint = try Endpoint("ipc://@a", for: .connect)
        let error = #expect(throws: EndpointError.self) {
            try endpoint.requireSystemSupport(localSockets: true, abstractNames: false)
        }
        #expect(error?.code == .unsupported)
        #expect(error?.reason.hasPrefix("'ipc://@a': names with '@' are a thing of Linux") == true)
        try endpoint.requireSystemSupport(localSockets: true, abstractNames: true)
        try Endpoint("ipc://a", for: .connect)
            .requireSystemSupport(localSockets: true, abstractNames: false)
    }

    @Test(arguments: ["tcp://127.0.0.1:1", "inproc://a"])
    func othersNeedNothing(_ text: String) throws {
        try Endpoint(text, for: .bind)
            .requireSystemSupport(localSockets: false, abstractNames: false)
    }

    @Test(.enabled(if: !System.hasLocalSockets, "the system has local sockets"))
    func socketsSayThatTheSystemHasNone() async throws {
        try await withLiveContext { context in
            let socket = try PairSocket(context)
            for text in ["ipc:///tmp/a", "ipc://*"] {
                let error = #expect(throws: ZeroMQError.self) { try socket.bind(text) }
                #expect(error?.code == .unsupported)
                #expect(error?.message.contains("'ipc' needs local sockets") == true)
                #expect(error?.message.contains("this system has none") == true)
            }
            let error = #expect(throws: ZeroMQError.self) { try socket.connect("ipc:///tmp/a") }
            #expect(error?.code == .unsupported)
            #expect(error?.message.contains("'ipc' needs local sockets") == true)
            await socket.close()
        }
    }
}
