"""What a message means: the components of the pipeline in `config.yml`."""
