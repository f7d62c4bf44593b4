#if canImport(WinSDK)
    import WinSDK

    extension System {
        /// The handle behind a number that the caller of the library uses: 0 to 2 are standard
        /// input, output and error, as nowhere else can a handle be.
        static func foreignHandle(_ number: Int32) -> Handle {
            guard (0...2).contains(number) else { return Handle(raw: Int(number)) }
            let standard = GetStdHandle(DWORD(bitPattern: -10 - number))
            return Handle(raw: Int(bitPattern: standard))
        }
    }
#endif
