/// What a simulated network does to the bytes it carries; all of it decided by its seed.
struct SimulatedFaults: Sendable {
    /// The largest piece bytes are delivered in; 1 tears a stream into single bytes.
    var maximumSegment = Int.max
    /// The least and the greatest time a segment is under way, in nanoseconds.
    var latency: ClosedRange<Int64> = 50_000...50_000
    /// The bytes an end holds before the sender has to wait.
    var window = 65536
    /// How many sends of a hundred take only a part.
    var partialSends: UInt64 = 0
    /// How many receives of a hundred get less than there is.
    var shortReceives: UInt64 = 0
    /// Whether the system is one that completes: it takes memory when an operation is started, uses
    /// it later, lets go of it some time after the retirement, and learns only by receiving that
    /// a peer has gone.
    var completes = false
    /// Whether the system, at the end of its poller, never lets go of what is pending.
    var keepsEverything = false
    /// Whether a send is told of only when all of it was taken, as with I/O completion ports.
    var takesSendsWhole = false
    /// How many segments of a million break their connection instead of arriving.
    var resets: UInt64 = 0

    init() {}

    /// Everything in small and random pieces, at random times.
    static var fragmenting: SimulatedFaults {
        var faults = SimulatedFaults()
        faults.maximumSegment = 7
        faults.latency = 1_000...200_000
        faults.partialSends = 50
        faults.shortReceives = 50
        return faults
    }

    /// A completion system, as I/O completion ports are.
    static var completing: SimulatedFaults {
        var faults = SimulatedFaults()
        faults.completes = true
        faults.takesSendsWhole = true
        return faults
    }
}
