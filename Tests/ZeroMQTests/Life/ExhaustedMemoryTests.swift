#if os(Linux) && !canImport(WinSDK)
    import Testing

    @testable import ZeroMQ

    extension OwnProcessTests {
        /// What is left when the system gives no more memory.
        @Suite(.timeLimit(.minutes(1)), .enabled(if: !ProcessState.isSanitized))
        struct ExhaustedMemoryTests {
            @Test func aBlockThatHasNotRestedIsLentThen() async {
                await #expect(processExitsWith: .success) {
                    let pool = ChunkPool()
                    do {
                        let few = (0..<3).map { _ in pool.borrow(atLeast: ChunkPool.fullSize) }
                        withExtendedLifetime(few) {}
                    }
                    let kept = pool.freeBytes
                    // Fewer than would be rested: another is made while there is memory.
                    withExtendedLifetime(pool.borrowIfAny(atLeast: ChunkPool.fullSize, .rested)) {
                        #expect(pool.freeBytes == kept)
                    }
                    let size = pool.freeBytes / 4
                    var blocks: [UnsafeMutableRawPointer] = []
                    blocks.reserveCapacity(100_000)
                    var lent: [UnsafeMutableRawBufferPointer?] = []
                    lent.reserveCapacity(10)
                    ProcessState.leaveAddressSpace(64 << 20)
                    while let block = SystemMemory.allocate(size) { blocks.append(block) }
                    // Nothing is expected before there is memory to say so.
                    for _ in 0..<4 {
                        lent.append(pool.takeMemory(atLeast: ChunkPool.fullSize, .rested))
                    }
                    let none = pool.takeMemory(atLeast: ChunkPool.fullSize, .rested)
                    for block in blocks { SystemMemory.free(block, of: size) }
                    #expect(blocks.count > 100)
                    #expect(lent.allSatisfy { $0 != nil })
                    #expect(none == nil)
                }
            }
        }
    }
#endif
