import CZeroMQPlatform
import Glibc

/// The load: one thread, one epoll descriptor, no more work a message than has to be.
final class Load {
    private let epoll = zeromq_epoll_create()
    private var connections: [Connection] = []
    private let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: 512)
    private let message = UnsafeMutablePointer<UInt64>.allocate(capacity: 8)
    private let echo = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 8)

    private(set) var connected = 0
    /// Echoes with a byte that is not as it was sent.
    private(set) var wrong = 0
    /// Messages without an echo, connections that ended.
    private(set) var lost = 0
    /// Echoes in all.
    private(set) var messages = 0
    /// Whether an echo is followed by the next message at once.
    private var isSaturating = false
    private var underWay = 0
    private var phase = Phase()

    /// How long an echo may take.
    private static let patience: Int64 = 20_000_000_000

    deinit {
        events.deallocate()
        message.deallocate()
        echo.deallocate()
    }

    // MARK: Phases

    /// Connects, a few at a time, each with a first echo.
    func connect(port: UInt16, count: Int) -> Bool {
        while connections.count < count {
            for _ in 0..<min(64, count - connections.count) {
                guard let descriptor = open(port) else { return false }
                let number = connections.count
                connections.append(Connection(descriptor: descriptor, number: number))
                _ = zeromq_epoll_control(
                    epoll, EPOLL_CTL_ADD, descriptor, ZEROMQ_EPOLLIN, UInt64(number))
                send(number, at: Clock.now())
            }
            drain()
            connected = connections.count
            if lost > 0 { return false }
        }
        return true
    }

    /// Keeps a message under way on each connection.
    func saturate(for time: Int64) {
        isSaturating = true
        for number in connections.indices { send(number, at: Clock.now()) }
        let end = Clock.now() + time
        while true {
            let left = end - Clock.now()
            if left <= 0 || underWay == 0 { break }
            turn(left)
        }
        isSaturating = false
        drain()
    }

    /// Sends so many messages a second, to one connection after the other.
    func pace(for time: Int64, rate: Int) {
        let start = Clock.now()
        let interval = 1_000_000_000 / Int64(rate)
        var number = 0
        var next = start
        while next < start + time {
            let now = Clock.now()
            while next <= now {
                let index = number % connections.count
                if connections[index].started == nil {
                    send(index, at: next)
                } else {
                    connections[index].waiting.append(next)
                }
                next += interval
                // A step that is no divisor of the number of connections spreads them.
                number += 7919
            }
            turn(next - now)
        }
        drain()
    }

    /// What happens in `body`.
    func measure(_ body: () -> Void) -> Phase {
        phase = Phase()
        phase.latencies.reserveCapacity(1 << 20)
        let (start, processor) = (Clock.now(), Clock.processor())
        body()
        phase.nanoseconds = Clock.now() - start
        phase.processorNanoseconds = Clock.processor() - processor
        return phase
    }

    func close() {
        for connection in connections where connection.isOpen {
            _ = Glibc.close(connection.descriptor)
        }
    }

    // MARK: The loop

    /// Waits until no message is under way.
    private func drain() {
        let deadline = Clock.now() + Self.patience
        while underWay > 0 {
            let left = deadline - Clock.now()
            if left <= 0 {
                lost += underWay
                underWay = 0
                return
            }
            turn(left)
        }
    }

    private func turn(_ timeout: Int64) {
        let count = zeromq_epoll_wait(epoll, events, 512, timeout)
        for index in 0..<max(0, Int(count)) { receive(Int(events[index].data.u64)) }
    }

    private func receive(_ number: Int) {
        let (descriptor, received) = (
            connections[number].descriptor, connections[number].received
        )
        let count = recv(descriptor, echo + received, Connection.messageSize - received, 0)
        if count <= 0 {
            if count < 0, errno == EAGAIN || errno == EINTR { return }
            return fail(number)
        }
        // No echo takes more than one turn as a rule; the memory is shared all the same.
        if received + count < Connection.messageSize {
            connections[number].received = received + count
            partial[number, default: []] += Array(
                UnsafeRawBufferPointer(start: echo + received, count: count))
            return
        }
        if received > 0 {
            (partial.removeValue(forKey: number) ?? []).withUnsafeBytes {
                if let base = $0.baseAddress { echo.copyMemory(from: base, byteCount: $0.count) }
            }
        }
        completed(number)
    }

    /// What has come of echoes that came in parts.
    private var partial: [Int: [UInt8]] = [:]

    private func completed(_ number: Int) {
        guard let started = connections[number].started else { return fail(number) }
        connections[number].fill(message)
        if memcmp(message, echo, Connection.messageSize) != 0 { wrong += 1 }
        messages += 1
        let now = Clock.now()
        phase.latencies.append(now - started)
        connections[number].received = 0
        connections[number].started = nil
        underWay -= 1
        if isSaturating {
            send(number, at: now)
        } else if !connections[number].waiting.isEmpty {
            send(number, at: connections[number].waiting.removeFirst())
        }
    }

    private func send(_ number: Int, at time: Int64) {
        guard connections[number].isOpen else { return }
        connections[number].sequence += 1
        connections[number].started = time
        connections[number].fill(message)
        underWay += 1
        let count = Glibc.send(
            connections[number].descriptor, message, Connection.messageSize,
            Int32(MSG_NOSIGNAL))
        // So few bytes go as a whole, or the connection is broken.
        if count != Connection.messageSize { fail(number) }
    }

    private func fail(_ number: Int) {
        guard connections[number].isOpen else { return }
        connections[number].isOpen = false
        _ = Glibc.close(connections[number].descriptor)
        lost += 1
        if connections[number].started != nil { underWay -= 1 }
    }

    /// Connects, waiting for it; then the descriptor is non-blocking.
    private func open(_ port: UInt16) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if descriptor < 0 { return nil }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if code != 0 {
            _ = Glibc.close(descriptor)
            return nil
        }
        var one: Int32 = 1
        _ = setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        return descriptor
    }
}
