using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>Reads amounts of one currency and collects their errors.</summary>
internal sealed class AmountReader(Currency currency)
{
    private readonly List<FieldError> errors = [];

    public IReadOnlyList<FieldError> Errors => errors;

    public Money None => Money.Zero(currency);

    /// <summary>The smallest amount.</summary>
    public Money Least => new(1, currency);

    /// <summary>The largest amount that a product may name.</summary>
    public Money Most => ProductRules.AmountMax(currency);

    /// <summary>Returns an amount.</summary>
    /// <param name="values">Has the field.</param>
    /// <param name="field">The amount.</param>
    /// <param name="otherwise">Returned if the amount has too many digits, which is an error.</param>
    /// <param name="path">The place of the values in the body, for errors.</param>
    public Money Read(FieldValues values, Field<decimal> field, Money otherwise, string path = "") =>
        Read(values.Get(field), path + field.Name, otherwise);

    /// <summary>The same for an optional amount; null if it was not sent.</summary>
    public Money? Read(FieldValues values, Field<decimal?> field, Money otherwise, string path = "") =>
        values.Get(field) is { } major ? Read(major, path + field.Name, otherwise) : null;

    private Money Read(decimal major, string path, Money otherwise)
    {
        if (Money.TryFromMajor(major, currency, out var money))
            return money;
        errors.Add(
            new(path, $"must be an amount of {currency}, with at most {currency.FractionDigits} fraction digits.")
        );
        return otherwise;
    }
}
