using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>Reads the lists of the form of a product: fees, questions and orders of payment.</summary>
internal static class ProductLists
{
    public static IReadOnlyList<ProductFee> ReadFees(PageForm form)
    {
        var fees = new List<ProductFee>();
        var count = form.CloseUp("fees", ["name", "amount", "percent"], ["charged"], ProductForm.FeesMax);
        for (var i = 0; i < count; i++)
        {
            var path = $"fees[{i}]";
            var (amount, percent) = (form.AmountOrNull($"{path}.amount"), form.AmountOrNull($"{path}.percent"));
            if (amount is null == percent is null)
                form.Refuse($"{path}.amount", "Enter either an amount or a percentage.");
            fees.Add(
                new()
                {
                    Name = form.Required($"{path}.name", "Enter the name of the fee."),
                    Kind = percent is null ? FeeKind.Flat : FeeKind.Percent,
                    Amount = amount,
                    Percent = percent,
                    Charged = form.Word<FeeCharged>($"{path}.charged"),
                }
            );
        }

        return fees;
    }

    public static IReadOnlyList<OfficerQuestion> ReadQuestions(PageForm form)
    {
        const string list = "eligibilityQuestions";
        var questions = new List<OfficerQuestion>();
        var count = form.CloseUp(
            list,
            ["question"],
            ["questionId", "type", "options", "required", "passingAnswers", "passingMinimum", "passingMaximum"],
            ProductForm.QuestionsMax
        );
        for (var i = 0; i < count; i++)
        {
            var path = $"{list}[{i}]";
            questions.Add(
                new()
                {
                    QuestionId = Guid.TryParse(form.Text($"{path}.questionId"), out var id) ? id : null,
                    Question = form.Text($"{path}.question"),
                    Type = form.Word<QuestionType>($"{path}.type"),
                    Options = Lines(form, $"{path}.options"),
                    Required = form.IsTicked($"{path}.required"),
                    PassingAnswers = Lines(form, $"{path}.passingAnswers"),
                    PassingMinimum = Number(form, $"{path}.passingMinimum"),
                    PassingMaximum = Number(form, $"{path}.passingMaximum"),
                }
            );
        }

        return questions;
    }

    /// <summary>The order of payment; what belongs to another strategy is left out.</summary>
    public static AllocationPolicy ReadAllocation(PageForm form, AllocationPolicy before)
    {
        var strategy = form.Word<AllocationStrategy>("allocation.strategy");
        return strategy switch
        {
            AllocationStrategy.OldestFirst => new()
            {
                Strategy = strategy,
                Order = Components(form, "allocation.order"),
            },
            AllocationStrategy.DueThenInAdvance => new()
            {
                Strategy = strategy,
                Due = Components(form, "allocation.due"),
                InAdvance = Components(form, "allocation.inAdvance"),
            },
            AllocationStrategy.Advanced => before with
            {
                Strategy = strategy,
                Order = null,
                Due = null,
                InAdvance = null,
                Buckets = Buckets(form, "allocation.buckets"),
                BucketsBySource = BucketsBySource(form),
                Processing = form.Word<Processing>("allocation.processing"),
                FutureRules = FutureRules(form),
                DefaultFutureRule = form.Word<FutureRule>("allocation.defaultFutureRule"),
            },
            _ => before,
        };
    }

    private static Dictionary<string, IReadOnlyList<Bucket>> BucketsBySource(PageForm form) =>
        ProductWords
            .Kinds.Select(kind => (kind, Buckets: Buckets(form, $"allocation.bucketsBySource.{kind}")))
            .Where(one => one.Buckets.Count > 0)
            .ToDictionary(one => one.kind, IReadOnlyList<Bucket> (one) => one.Buckets, StringComparer.Ordinal);

    private static Dictionary<string, FutureRule> FutureRules(PageForm form) =>
        ProductWords
            .Kinds.Where(kind => form.TextOrNull($"allocation.futureRules.{kind}") is not null)
            .ToDictionary(
                kind => kind,
                kind => form.Word<FutureRule>($"allocation.futureRules.{kind}"),
                StringComparer.Ordinal
            );

    private static List<Component> Components(PageForm form, string name)
    {
        var components = new List<Component>();
        foreach (var word in form.Text(name).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Enum.TryParse<Component>(word, out var component))
                components.Add(component);
        }

        if (components.Count == 0)
            form.Refuse(name, "Choose an order.");
        return components;
    }

    private static List<Bucket> Buckets(PageForm form, string name)
    {
        var buckets = new List<Bucket>();
        foreach (var line in Lines(form, name))
        {
            if (ProductWords.Buckets.FirstOrDefault(one => Bare(ProductWords.LineOf(one)) == Bare(line)) is { } bucket)
                buckets.Add(bucket);
            else
                form.Refuse(name, $"“{line}” is no kind of debt; write it as in Past due penalty.");
        }

        return buckets;
    }

    private static string Bare(string words) => string.Concat(words.Where(char.IsAsciiLetter)).ToUpperInvariant();

    private static string[] Lines(PageForm form, string name) =>
        form.Text(name).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // Unlike an amount, it may be negative.
    private static decimal? Number(PageForm form, string name)
    {
        var text = form.Text(name);
        if (text.Length == 0)
            return null;
        const System.Globalization.NumberStyles style =
            System.Globalization.NumberStyles.AllowDecimalPoint | System.Globalization.NumberStyles.AllowLeadingSign;
        if (decimal.TryParse(text, style, System.Globalization.CultureInfo.InvariantCulture, out var number))
            return number;
        form.Refuse(name, "Enter a number.");
        return null;
    }
}
