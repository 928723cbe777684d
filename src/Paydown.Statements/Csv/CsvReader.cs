using Paydown.Statements.Reading;
namespace Paydown.Statements.Csv;
internal sealed class CsvReader(Stream s, System.Text.Encoding e, StatementReading r) { public IEnumerable<StatementItem> Items() { yield break; } }
