package dev.threelanes.report.cell;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file as a whole or not at all: a reader, or a run that goes on after a crash,
 * never meets half of one.
 */
public final class AtomicFile {

	private AtomicFile() {
	}

	/**
	 * Writes a file beside its place, forces it to the disk and moves it there.
	 * @param file the file, replaced if it exists
	 * @param content its content
	 * @throws IOException if it cannot be written
	 */
	public static void write(Path file, byte[] content) throws IOException {
		Path folder = file.toAbsolutePath().getParent();
		if (folder == null) {
			throw new IOException("%s is not a file".formatted(file));
		}
		Files.createDirectories(folder);
		// Not a file for temporary things, which nobody but its owner could read.
		Path temporary = folder.resolve(".%s.%s.part".formatted(file.getFileName(), ProcessHandle.current().pid()));
		try {
			try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE,
					StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
				ByteBuffer buffer = ByteBuffer.wrap(content);
				while (buffer.hasRemaining()) {
					channel.write(buffer);
				}
				channel.force(true);
			}
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

}
