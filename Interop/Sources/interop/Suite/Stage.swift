import Foundation
import Synchronization

/// Two peers and the means to put a scenario on: what a row's `run` is given.
final class Stage {
    let cell: Cell
    let isQuick: Bool
    private let crew: Crew
    /// What the self-check adds to every `send`.
    let sabotage: String?

    private var boundEndpoint: String?
    private var isOpen: [Side: Set<String>] = [.ours: [], .theirs: []]
    private static let serial = Atomic<Int>(0)

    init(_ cell: Cell, isQuick: Bool, crew: Crew, sabotage: String? = nil) {
        self.cell = cell
        self.isQuick = isQuick
        self.crew = crew
        self.sabotage = sabotage
    }

    var pair: TypePair { cell.row.pair }
    var binder: Side { cell.column.binder }
    var connecter: Side { binder.other }

    subscript(side: Side) -> PeerProcess {
        get throws(Failure) { try crew.member(side) }
    }

    // MARK: Sockets

    /// Opens socket `name` of this side's type; routing ids are `ours` and `theirs`.
    func open(_ side: Side, _ name: String = "s", _ options: String = "") throws(Failure) {
        try open(side, name, as: pair.type(of: side), options)
    }

    func open(_ side: Side, _ name: String, as type: SocketType, _ options: String)
        throws(Failure)
    {
        let ipv6 = cell.column.transport == .tcp6 ? " ipv6=1" : ""
        let words = "open \(name) \(type.rawValue) linger=0\(ipv6) \(options)"
        try self[side].ask(words)
        isOpen[side]?.insert(name)
    }

    /// Opens both sockets and joins them.
    func openBoth(_ options: String = "") throws(Failure) {
        try openBoth(ours: options, theirs: options)
    }

    func openBoth(ours: String, theirs: String) throws(Failure) {
        try open(.ours, "s", identity(.ours) + ours)
        try open(.theirs, "s", identity(.theirs) + theirs)
        try join()
    }

    /// Binds one side's socket, connects the other's. Returns the endpoint.
    @discardableResult
    func join(_ name: String = "s") throws(Failure) -> String {
        let endpoint = try bind(name, to: freshEndpoint())
        try self[connecter].ask("connect \(name) \(endpoint)")
        return endpoint
    }

    /// Joins one socket of `side` with one more on the other side.
    func joinMany(_ center: String, of side: Side, with name: String) throws(Failure) {
        if binder == side {
            if boundEndpoint == nil { boundEndpoint = try bind(center, to: freshEndpoint()) }
            try self[connecter].ask("connect \(name) \(boundEndpoint ?? "")")
        } else {
            let endpoint = try bind(name, to: freshEndpoint())
            try self[side].ask("connect \(center) \(endpoint)")
        }
    }

    func bind(_ name: String = "s", to endpoint: String) throws(Failure) -> String {
        let reply = try self[binder].ask("bind \(name) \(endpoint)")
        guard let resolved = reply["endpoint"] else {
            throw Failure("bind reports no endpoint: \(reply.line)")
        }
        return resolved
    }

    func close(_ side: Side, _ name: String = "s") throws(Failure) {
        try self[side].ask("close \(name) linger=0")
        isOpen[side]?.remove(name)
    }

    /// The socket is gone with its process, or another way.
    func forget(_ side: Side, _ name: String = "s") {
        isOpen[side]?.remove(name)
    }

    func closeAll() throws(Failure) {
        for side in [Side.ours, .theirs] {
            for name in isOpen[side, default: []].sorted() {
                try close(side, name)
            }
        }
    }

    /// kill -9 and a new process; the socket is not opened again.
    func restart(_ side: Side) throws(Failure) {
        isOpen[side] = []
        try crew.replace(side)
    }

    // MARK: Endpoints

    /// An endpoint for bind; tcp ports are chosen by the system.
    func freshEndpoint() -> String {
        switch cell.column.transport {
        case .tcp: "tcp://127.0.0.1:*"
        case .tcp6: "tcp://[::1]:*"
        case .ipc: "ipc://" + freshPath()
        }
    }

    /// An endpoint known before anybody binds it.
    func reservedEndpoint() throws(Failure) -> String {
        switch cell.column.transport {
        case .tcp: "tcp://127.0.0.1:\(try Ports.reserve())"
        case .tcp6: "tcp://[::1]:\(try Ports.reserve())"
        case .ipc: "ipc://" + freshPath()
        }
    }

    private func freshPath() -> String {
        let number = Stage.serial.add(1, ordering: .relaxed).newValue
        return Scratch.directory.appendingPathComponent("s\(number)").path
    }

    // MARK: Identities

    /// The routing id of a side, for the types that announce one.
    func identity(_ side: Side) -> String {
        switch pair.type(of: side) {
        case .dealer, .router, .req: "id=\(side.rawValue) "
        default: ""
        }
    }

    func identityHex(_ side: Side) -> String { Hex.text(side.rawValue) }

    // MARK: Counters

    /// Waits until a counter of `stats` reaches a value.
    func await(_ side: Side, _ counter: String, atLeast value: Int, socket: String = "s")
        throws(Failure)
    {
        let end = Date().addingTimeInterval(8)
        while true {
            let reply = try self[side].ask("stats \(socket)")
            if try reply.number(counter) >= value { return }
            try expect(
                Date() < end,
                "\(side.rawValue) reports \(counter)=\(reply[counter] ?? "?"), not \(value), "
                    + "after 8 s")
            usleep(5000)
        }
    }

    func counter(_ side: Side, _ name: String, socket: String = "s") throws(Failure) -> Int {
        try self[side].ask("stats \(socket)").number(name)
    }
}
