/// Operations that are not pending, for the next to start.
struct IOCPOperationPool {
    private var free: [IOCPOperation] = []
    private let capacity: Int
    /// Operations that have begun and were not given back.
    private(set) var pending = 0

    /// - Parameter capacity: how many are kept.
    init(capacity: Int) {
        self.capacity = capacity
        free.reserveCapacity(capacity)
    }

    /// An operation that has begun.
    mutating func begin(_ kind: IOCPOperation.Kind, _ entry: IOCPEntry) -> IOCPOperation {
        pending += 1
        // One that is pending still is not ours, however it came here.
        while let operation = free.popLast() {
            if operation.begin(kind, entry) { return operation }
        }
        let operation = IOCPOperation()
        _ = operation.begin(kind, entry)
        return operation
    }

    /// Takes an operation back whose packet has come.
    mutating func give(_ operation: IOCPOperation) {
        pending -= 1
        guard free.count < capacity, !operation.isPending else { return }
        free.append(operation)
    }

    mutating func removeAll() { free.removeAll() }
}
