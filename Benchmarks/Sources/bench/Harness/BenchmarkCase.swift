/// Something to measure, at some sizes, by several contenders.
struct BenchmarkCase: Sendable {
    let name: String
    let summary: String
    let unit: Unit
    let transport: Transport
    /// Message sizes in bytes.
    let sizes: [Int]
    let contenders: [Contender]
}
