using System.Text.Json;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Loans;

/// <summary>
/// Reads and writes a loan's terms in their stored form: JSON with the property names of <see cref="LoanTerms"/>.
/// </summary>
public static class StoredTerms
{
    public static string Write(LoanTerms terms) => StoredJson.Write(terms);

    /// <exception cref="JsonException">The text is not the JSON of a loan's terms.</exception>
    public static LoanTerms Read(string json) => StoredJson.Read<LoanTerms>(json);
}
