import Testing

@testable import ZeroMQ

/// Large bodies are written from the caller's memory, and copied only where they have to stay.
@Suite struct BorrowTests {
    private static let size = 200_000
    private static let headerSize = 9

    /// The caller's buffer, which is overwritten once `send` has returned.
    private final class Body {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)

        init() {
            for index in memory.indices { memory[index] = Self.byte(index) }
        }

        deinit { memory.deallocate() }

        static func byte(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: index &* 7) }

        func send(over bench: HandDriven) throws -> Bool {
            defer { memory.initializeMemory(as: UInt8.self, repeating: 0xEE) }
            return try bench.push.trySend(UnsafeRawBufferPointer(memory))
        }
    }

    /// What is left of the batch, as the I/O thread would write it.
    private func rest(of pipe: OutboundPipe) -> [UInt8] {
        withUnsafeTemporaryAllocation(of: IOVector.self, capacity: 64) { vectors in
            vectors[..<pipe.flight.fill(vectors)].flatMap {
                UnsafeRawBufferPointer(start: $0.base, count: $0.count)
            }
        }
    }

    private func wholeBody(_ bytes: ArraySlice<UInt8>, from start: Int = 0) -> Bool {
        bytes.count == Self.size - start
            && bytes.enumerated().allSatisfy { $0.element == Body.byte($0.offset + start) }
    }

    private func bench(window: Int) throws -> HandDriven {
        let bench = try HandDriven(allowsOwnWrites: true)
        bench.look(at: try bench.pipe)
        bench.driver.window = window
        return bench
    }

    @Test func aBodyThatTheConnectionTakesIsNotCopied() throws {
        let bench = try bench(window: .max)
        let body = Body()
        #expect(try body.send(over: bench))
        #expect(bench.driver.writtenBytes == Self.headerSize + Self.size)
        #expect(bench.driver.lastPieces.last?.base == UnsafeRawPointer(body.memory.baseAddress))
        let pipe = try bench.pipe
        #expect(pipe.isIdle && pipe.queuedBytes == 0 && pipe.flight.isEmpty)
        #expect(pipe.writer == .nobody && bench.driver.signals == 0)
    }

    @Test(arguments: [0, 5, 9, 10, 100_000, size + headerSize - 1])
    func whatItDoesNotTakeIsCopied(window: Int) throws {
        let bench = try bench(window: window)
        let body = Body()
        #expect(try body.send(over: bench))
        let pipe = try bench.pipe
        #expect(pipe.queuedMessages == 1 && pipe.writer == .writing)
        #expect(bench.driver.signals == 1)
        let left = rest(of: pipe)
        #expect(left.count == Self.headerSize + Self.size - window)
        let start = max(0, window - Self.headerSize)
        #expect(wholeBody(left.suffix(Self.size - start), from: start))
    }

    @Test(arguments: [0, 9, 100_000])
    func aLostConnectionIsFollowedByTheWholeMessage(window: Int) throws {
        let bench = try bench(window: window)
        #expect(try Body().send(over: bench))
        let pipe = try bench.pipe
        #expect(pipe.rewind() == 0)
        #expect(pipe.queuedMessages == 1)
        #expect(pipe.takeAll())
        let again = rest(of: pipe)
        #expect(again.count == Self.headerSize + Self.size)
        #expect(wholeBody(again.dropFirst(Self.headerSize)))
    }

    @Test func behindOtherMessagesABodyIsCopiedAtOnce() throws {
        let bench = try bench(window: 0)
        #expect(try bench.push.trySend(Message("first")))
        bench.driver.window = .max
        #expect(try Body().send(over: bench))
        #expect(!bench.driver.hasWritten)
        let pipe = try bench.pipe
        #expect(pipe.queuedMessages == 2)
        pipe.flight.advance(7)
        bench.look(at: pipe)
        #expect(wholeBody(rest(of: pipe).suffix(Self.size)))
    }

    @Test func aBodyForNobodyYetIsCopied() throws {
        let bench = try HandDriven(allowsOwnWrites: false)
        #expect(try Body().send(over: bench))
        let pipe = try bench.pipe
        #expect(bench.look(at: pipe) == .write)
        #expect(wholeBody(rest(of: pipe).suffix(Self.size)))
    }
}
