using System.Globalization;
using Paydown.Client;
using Paydown.Pages.Parts;

namespace Paydown.Pages.Office;

/// <summary>The words and choices of the form of a product.</summary>
public static class ProductWords
{
    /// <summary>The kinds of transaction that can have an order of their own, as the API writes them.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    ["REPAYMENT", "DOWN_PAYMENT", "GOODWILL_CREDIT", "MERCHANT_ISSUED_REFUND", "PAYOUT_REFUND"];

    /// <summary>What somebody can live on, as the API writes it.</summary>
    public static IReadOnlyList<string> EmploymentStatuses { get; } =
    ["EMPLOYED", "SELF_EMPLOYED", "UNEMPLOYED", "STUDENT", "RETIRED"];

    /// <summary>The ways to repay.</summary>
    public static IReadOnlyList<RepaymentMethod> Methods { get; } = [.. Known<RepaymentMethod>()];

    /// <summary>All orders of the four components.</summary>
    public static IReadOnlyList<(string Value, string Text)> Orders { get; } =
    [.. OrdersOf([.. Known<Component>()]).Select(order => (Value: ValueOf(order), Text: string.Join(", ", order)))];

    /// <summary>The kinds of debt that a payment can settle.</summary>
    public static IReadOnlyList<Bucket> Buckets { get; } =
    [
        .. Known<DueType>()
            .SelectMany(due =>
                Known<Component>().Select(component => new Bucket { DueType = due, Component = component })
            ),
    ];

    /// <summary>The words of an enum as choices.</summary>
    public static IReadOnlyList<(string Value, string Text)> Choices<T>()
        where T : struct, Enum => [.. Known<T>().Select(word => ($"{word}", Labels.Words(word)))];

    /// <summary>An order of components as the form sends it.</summary>
    public static string ValueOf(IEnumerable<Component>? order) => string.Join(' ', order ?? []);

    /// <summary>An order of payment, a line for each kind of debt.</summary>
    public static string LinesOf(IEnumerable<Bucket>? buckets) => string.Join('\n', (buckets ?? []).Select(LineOf));

    /// <summary>A kind of debt, such as Past due penalty.</summary>
    public static string LineOf(Bucket bucket) =>
        $"{Labels.Words(bucket.DueType)} {Labels.Words(bucket.Component).ToLowerInvariant()}";

    /// <summary>A number without zeros at its end; empty for none.</summary>
    public static string Plain(decimal? number) => number?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A number that is empty if it is 0.</summary>
    public static string PlainOrEmpty(decimal? number) => number is null or 0 ? "" : Plain(number);

    /// <summary>An amount as fields show it; empty for none or 0.</summary>
    public static string AmountOrEmpty(decimal? amount, string currencyCode) =>
        amount is null or 0 ? "" : MoneyText.Field(amount.Value, currencyCode);

    /// <summary>A ticked box.</summary>
    public static string Tick(bool? isTicked) => isTicked == true ? "true" : "";

    /// <summary>A product to begin with.</summary>
    public static ProductDefinition Blank(string currencyCode) =>
        new()
        {
            Name = "",
            AccountProductName = "",
            CurrencyCode = currencyCode,
            MinimumAmount = 0,
            MaximumAmount = 0,
            MinimumDuration = 1,
            MaximumDuration = 12,
            InterestRate = 0,
            RepaymentMethods = [RepaymentMethod.BankTransfer],
            Allocation = new()
            {
                Strategy = AllocationStrategy.OldestFirst,
                Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
            },
        };

    private static IEnumerable<T> Known<T>()
        where T : struct, Enum => Enum.GetValues<T>().Where(word => $"{word}" != "Unknown");

    private static IEnumerable<IReadOnlyList<Component>> OrdersOf(IReadOnlyList<Component> components) =>
        components.Count <= 1
            ? [components]
            : components.SelectMany(first =>
                OrdersOf([.. components.Where(other => other != first)])
                    .Select(rest => (IReadOnlyList<Component>)[first, .. rest])
            );
}
