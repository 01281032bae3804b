"""One file per step of the register's schema."""
