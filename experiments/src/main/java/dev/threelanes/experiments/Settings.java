package dev.threelanes.experiments;

/**
 * Whether lanes have the project's equal, explicit limits or Spring Boot's own.
 */
public enum Settings {

	/** Every limit is stated, and means the same on every lane. */
	ALIGNED("aligned"),

	/** Spring Boot's own defaults, untouched. */
	STOCK("stock");

	private final String id;

	Settings(String id) {
		this.id = id;
	}

	/**
	 * The name of these settings on the command line, in files and of the lanes' profile.
	 * @return the identifier
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Finds settings by their {@linkplain #id() identifier}.
	 * @param id the identifier
	 * @return the settings
	 * @throws IllegalArgumentException if there are no such settings
	 */
	public static Settings of(String id) {
		for (Settings settings : values()) {
			if (settings.id.equals(id)) {
				return settings;
			}
		}
		throw new IllegalArgumentException("There are no settings '%s'; they are aligned or stock".formatted(id));
	}

}
