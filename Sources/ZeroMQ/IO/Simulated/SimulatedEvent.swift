/// Something that happens in a simulated network at a certain time.
struct SimulatedEvent {
    enum Kind {
        case bytes([UInt8], to: SimulatedSocket)
        case end(to: SimulatedSocket)
        case reset(to: SimulatedSocket)
        /// A connect reaches its address.
        case knock(from: SimulatedSocket, at: SocketAddress)
        case connected(SimulatedSocket)
        case refused(SimulatedSocket)
        /// Only lets time go on.
        case nothing

        /// The end it is for; nil for a knock.
        var target: SimulatedSocket? {
            switch self {
            case .bytes(_, let socket), .end(let socket), .reset(let socket),
                .connected(let socket), .refused(let socket):
                socket
            case .knock, .nothing: nil
            }
        }
    }

    let time: Instant
    let order: UInt64
    let kind: Kind

    static func < (left: SimulatedEvent, right: SimulatedEvent) -> Bool {
        left.time == right.time ? left.order < right.order : left.time < right.time
    }
}

/// The events to come, first things first; those of one instant in the order they were added.
struct SimulatedEventQueue {
    private var heap: [SimulatedEvent] = []
    private var order: UInt64 = 0

    init() {}

    var nextTime: Instant? { heap.first?.time }
    var isEmpty: Bool { heap.isEmpty }

    mutating func add(_ kind: SimulatedEvent.Kind, at time: Instant) {
        heap.append(SimulatedEvent(time: time, order: order, kind: kind))
        order &+= 1
        var position = heap.count - 1
        while position > 0, heap[position] < heap[(position - 1) / 2] {
            heap.swapAt(position, (position - 1) / 2)
            position = (position - 1) / 2
        }
    }

    /// Takes the first event if it is due.
    mutating func popDue(now: Instant) -> SimulatedEvent? {
        guard let first = heap.first, first.time <= now else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            siftDown()
        }
        return first
    }

    private mutating func siftDown() {
        var position = 0
        while true {
            var least = 2 * position + 1
            guard least < heap.count else { return }
            if least + 1 < heap.count, heap[least + 1] < heap[least] { least += 1 }
            guard heap[least] < heap[position] else { return }
            heap.swapAt(least, position)
            position = least
        }
    }
}
