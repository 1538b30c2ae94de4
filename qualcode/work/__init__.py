"""What people do with a study, once, for every surface: bring in, apply a codebook, make the sample."""
