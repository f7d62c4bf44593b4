/// Memory of the system as a ``ChunkPool`` lends it: not from where a page begins.
///
/// A processor may copy slowly when the destination lies up to 31 bytes further into its page than
/// the source (measured on a Zen 4: 3 GB/s instead of 38). A kernel puts what is written to a
/// connection into pages of its own, the 9 bytes of a frame's header first, so a body that begins
/// where a page does was that case: a round trip of 1 MiB over tcp took 1200 us, now 420, where
/// libzmq takes 600.
enum PoolMemory {
    /// Bytes between the beginning of a page and what is lent: far from any header's length.
    static let lead = 2048

    /// A block of `size` bytes; nil when there is none.
    static func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
        let lead = leadIn(size)
        let (whole, isTooMuch) = size.addingReportingOverflow(lead)
        guard !isTooMuch, let memory = SystemMemory.allocate(whole) else { return nil }
        return memory + lead
    }

    /// The same where there has to be one: without memory this is the end.
    static func allocateOrEnd(_ size: Int) -> UnsafeMutableRawPointer {
        let lead = leadIn(size)
        return SystemMemory.allocateOrEnd(size + lead) + lead
    }

    /// Makes a block of `size` bytes larger; nil when there is no memory, it then stays.
    static func grow(
        _ block: UnsafeMutableRawPointer, of size: Int, to larger: Int
    ) -> UnsafeMutableRawPointer? {
        let lead = leadIn(size)
        let (whole, isTooMuch) = larger.addingReportingOverflow(lead)
        guard !isTooMuch, lead == leadIn(larger) else { return nil }
        return SystemMemory.grow(block - lead, of: size + lead, to: whole).map { $0 + lead }
    }

    /// Gives a block of `size` bytes back.
    static func free(_ block: UnsafeMutableRawPointer, of size: Int) {
        let lead = leadIn(size)
        SystemMemory.free(block - lead, of: size + lead)
    }

    /// The small ones come from the heap, from anywhere in a page.
    private static func leadIn(_ size: Int) -> Int {
        size > ChunkPool.smallSize ? lead : 0
    }
}
