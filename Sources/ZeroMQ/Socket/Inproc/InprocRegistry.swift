/// The inproc names of one context: who is bound where, and who waits for a name to be bound.
final class InprocRegistry: @unchecked Sendable {
    // Unchecked: guarded by `lock`.
    private let lock = Lock()
    private var bound: [[UInt8]: SocketCore] = [:]
    private var waiting: [[UInt8]: [InprocConnect]] = [:]
    private var linked: [InprocConnect] = []

    /// Takes a name; false when another socket has it.
    func bind(_ name: [UInt8], _ socket: SocketCore) -> Bool {
        lock.withLock {
            guard bound[name] == nil else { return false }
            bound[name] = socket
            return true
        }
    }

    /// Links those who connected before the name was bound.
    func linkWaiting(_ name: [UInt8], _ socket: SocketCore) {
        let connects = lock.withLock { waiting.removeValue(forKey: name) ?? [] }
        for connect in connects { link(connect, to: socket) }
    }

    /// Links to whoever is bound at `name`, now or later.
    func connect(_ connect: InprocConnect) {
        let socket: SocketCore? = lock.withLock {
            if connect.isOver { return nil }
            if let socket = bound[connect.name] { return socket }
            waiting[connect.name, default: []].append(connect)
            return nil
        }
        if let socket { link(connect, to: socket) }
    }

    private func link(_ connect: InprocConnect, to socket: SocketCore) {
        // Known before it is linked, or whoever ends it meanwhile would not find it.
        lock.withLock { linked.append(connect) }
        if !connect.link(to: socket) {
            // What somebody wanted meanwhile is done now.
            if connect.isOver { disconnect(connect) } else { relink(connect) }
        } else if socket.lock.withLock({ socket.state.isClosed }) {
            // It closed before it was known to be linked.
            rejoin(connect, after: socket)
        }
    }

    /// Gives a name up; links made under it stay.
    func unbind(_ name: [UInt8], _ socket: SocketCore) {
        lock.withLock { if bound[name] === socket { bound[name] = nil } }
    }

    /// Ends the link of a connect and makes another, as a lost connection is followed by a new one.
    func relink(_ connect: InprocConnect) {
        lock.withLock { linked.removeAll { $0 === connect } }
        if connect.renew() { self.connect(connect) }
    }

    /// Has a connect wait for the next who takes its name, as over tcp.
    private func rejoin(_ connect: InprocConnect, after closed: SocketCore) {
        lock.withLock { if bound[connect.name] === closed { bound[connect.name] = nil } }
        relink(connect)
    }

    /// Ends one connect.
    func disconnect(_ connect: InprocConnect) {
        // Before it is looked for: from here on it cannot come back.
        connect.end()
        lock.withLock {
            linked.removeAll { $0 === connect }
            for name in Array(waiting.keys) {
                waiting[name]?.removeAll { $0 === connect }
                if waiting[name]?.isEmpty == true { waiting[name] = nil }
            }
        }
        connect.unlink()
    }

    /// Ends everything that a closed socket had here. Those who had connected to it wait again.
    func forget(_ socket: SocketCore) {
        let ended: [InprocConnect] = lock.withLock {
            bound = bound.filter { $0.value !== socket }
            let mine = linked.filter { $0.involves(socket) }
            linked.removeAll { $0.involves(socket) }
            return mine
        }
        for connect in ended {
            if connect.isMade(by: socket) { connect.unlink() } else { relink(connect) }
        }
    }
}
