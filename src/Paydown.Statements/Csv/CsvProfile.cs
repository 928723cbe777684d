namespace Paydown.Statements.Csv;
public sealed record CsvProfile;
