// Compiles as for Windows and nowhere else: seen by it that the target, its integers and its
// modules are those of Windows.
import WinSDK

#if !os(Windows) || canImport(Glibc) || canImport(Darwin) || canImport(Musl)
    #error("not as for Windows")
#endif

func widths(_ long: CLong, _ unsigned: CUnsignedLong, _ wide: CWideChar) {
    let _: (Int32, UInt32, UInt16) = (long, unsigned, wide)
}

func types(_ socket: SOCKET, _ count: DWORD, _ handle: HANDLE, _ character: WCHAR) {
    let _: (UInt64, UInt32, UnsafeMutableRawPointer, UInt16) = (socket, count, handle, character)
    let _: Bool = CloseHandle(handle)
}
