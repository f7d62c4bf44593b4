import Testing

@testable import ZeroMQ

/// What a session makes of an input, however it is cut.
///
/// Runs the input whole, cut in two at every point (at every `stride`-th for large ones) and byte
/// by byte, and expects the same every time.
func observe(
    _ configuration: SessionConfiguration, _ input: [UInt8], stride step: Int = 1,
    sourceLocation: SourceLocation = #_sourceLocation
) -> Transcript {
    let whole = run(configuration, [input])
    #expect(whole.faults == [], sourceLocation: sourceLocation)
    for cut in stride(from: 1, to: input.count, by: step) {
        let halves = run(configuration, [input[..<cut], input[cut...]])
        #expect(halves == whole, "cut at \(cut)", sourceLocation: sourceLocation)
        guard halves == whole else { break }
    }
    if step == 1 {
        let bytes = run(configuration, input.indices.map { input[$0..<($0 + 1)] })
        #expect(bytes == whole, "byte by byte", sourceLocation: sourceLocation)
    }
    return whole
}

func run(_ configuration: SessionConfiguration, _ chunks: [some Collection<UInt8>]) -> Transcript {
    var driver = SessionDriver(configuration)
    for chunk in chunks { driver.receive(chunk) }
    return driver.transcript
}
