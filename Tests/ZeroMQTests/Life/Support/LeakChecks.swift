#if os(Linux) && !canImport(WinSDK)
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #endif

    /// Asked by the leak checker of the address sanitizer before it looks.
    ///
    /// Not in the processes of exit tests: their first thread has ended while others run, and a
    /// checker that stops the threads of such a process waits for ever, now and then. What these
    /// tests do is looked at in the other ones.
    @_cdecl("__lsan_is_turned_off")
    public func leakCheckIsOff() -> CInt {
        // What the process was started with: the variable itself is taken away early on. And the
        // checker, too, needs a descriptor.
        guard let file = fopen("/proc/self/environ", "r") else { return 1 }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        let names = bytes[..<count].split(separator: 0).map {
            $0.prefix { $0 != UInt8(ascii: "=") }
        }
        return names.contains { $0.elementsEqual("SWT_EXIT_TEST_ID".utf8) } ? 1 : 0
    }
#endif
