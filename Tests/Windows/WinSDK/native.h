// What is asked of Linux itself, in a file of its own: the headers do not go together.
#pragma once

/// The bytes that can be read from a pipe; negative at its end. Closes the descriptor.
int winsdk_take_unread(int fd);
