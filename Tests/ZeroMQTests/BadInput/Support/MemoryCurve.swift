#if os(Linux) && !canImport(WinSDK)
    /// What the process holds as time goes on. Only meaningful in a process of the test's own.
    struct MemoryCurve: CustomStringConvertible {
        private var bytes: [Int] = []

        mutating func note() { bytes.append(ProcessState.residentBytes) }

        /// The growth from one note to the next, the middle one of all: what is taken once and
        /// kept, such as a table that doubles, is no leak; a leak is there every time.
        var usualGrowth: Int {
            let steps = zip(bytes.dropFirst(), bytes).map { $0 - $1 }.sorted()
            return steps.isEmpty ? 0 : steps[steps.count / 2]
        }

        var description: String { "\(bytes) bytes" }
    }
#endif
