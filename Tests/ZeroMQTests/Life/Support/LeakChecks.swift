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
        getenv("SWT_EXIT_TEST_ID") == nil ? 0 : 1
    }
#endif
