//! Which lines does a reader ask for? An index of the ledger in memory: filters, sorting, counting.
