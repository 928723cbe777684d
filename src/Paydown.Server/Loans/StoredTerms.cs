using System.Text.Json;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Loans;

/// <summary>
/// The terms of a loan as they stand in the database: JSON with the names of <see cref="LoanTerms"/>.
/// </summary>
public static class StoredTerms
{
    public static string Write(LoanTerms terms) => StoredJson.Write(terms);

    /// <exception cref="JsonException">The text is not the JSON of terms.</exception>
    public static LoanTerms Read(string json) => StoredJson.Read<LoanTerms>(json);
}
