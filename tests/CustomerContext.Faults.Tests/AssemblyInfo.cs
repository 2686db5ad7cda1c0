// One test at a time, since they measure time and load two cores by themselves; only what merely waits runs beside them.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
