#if canImport(WinSDK)
    import WinSDK

    extension System {
        /// Calls `body` with UTF-8 in the system's form, which ends with a zero.
        static func withWide<R>(
            _ text: some Collection<UInt8>, _ body: (UnsafePointer<WCHAR>) -> R
        ) -> R {
            let units = Array(String(decoding: text, as: UTF8.self).utf16) + [0]
            return units.withUnsafeBufferPointer { body($0.baseAddress.unsafelyUnwrapped) }
        }
    }
#endif
