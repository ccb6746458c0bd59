"""What everybody may see: whether a certificate is genuine, without any identity number."""
