"""The deeds of guidance and consultation, a file each for what they are on."""
