// What a dispute form says, in the languages that the forms are tried in. Reasons are named by what they mean.

const en = {
  title: 'Open a dispute',
  received: 'Have you received your package?', yes: 'Yes, I have received it', no: 'No, I have not received it',
  solution: 'Which solution would you like?', refund: 'Refund only', return: 'Return and refund',
  reason: 'Reason for your request', choose: 'Please select',
  kinds: { quality: 'Problem with the quality', description: 'Item not as described' },
  reasons: { damaged: 'Item arrived damaged', broken: 'Item does not work', colour: 'Color not as described', wrong: 'Wrong item received', missing: 'Quantity shortage', transit: 'Package still in transit', unwanted: 'I no longer need it' },
  amount: 'Refund amount', description: 'Describe the problem', hint: 'Please write in English', photos: 'Upload photos', videos: 'Upload a video', drop: 'Drop photos here',
  next: 'Next', submit: 'Submit',
};

const fr = {
  title: 'Ouvrir un litige',
  received: 'Avez-vous reçu votre colis ?', yes: 'Oui, je l’ai reçu', no: 'Non, je ne l’ai pas reçu',
  solution: 'Quelle solution souhaitez-vous ?', refund: 'Remboursement uniquement', return: 'Retour et remboursement',
  reason: 'Motif de la demande', choose: 'Veuillez choisir',
  kinds: { quality: 'Problème de qualité', description: 'Article non conforme à la description' },
  reasons: { damaged: 'Article arrivé endommagé', broken: 'L’article ne fonctionne pas', colour: 'Couleur non conforme', wrong: 'Mauvais article reçu', missing: 'Quantité insuffisante', transit: 'Colis toujours en transit', unwanted: 'Je n’en ai plus besoin' },
  amount: 'Montant du remboursement', description: 'Décrivez le problème', hint: 'Veuillez écrire en anglais', photos: 'Ajouter des photos', videos: 'Ajouter une vidéo', drop: 'Déposez des photos ici',
  next: 'Suivant', submit: 'Envoyer',
};

const de = {
  title: 'Streitfall eröffnen',
  received: 'Haben Sie Ihr Paket erhalten?', yes: 'Ja, ich habe es erhalten', no: 'Nein, ich habe es nicht erhalten',
  solution: 'Welche Lösung wünschen Sie?', refund: 'Nur Rückerstattung', return: 'Rücksendung und Rückerstattung',
  reason: 'Grund der Anfrage', choose: 'Bitte auswählen',
  kinds: { quality: 'Qualitätsproblem', description: 'Artikel entspricht nicht der Beschreibung' },
  reasons: { damaged: 'Artikel beschädigt angekommen', broken: 'Artikel funktioniert nicht', colour: 'Farbe weicht ab', wrong: 'Falscher Artikel erhalten', missing: 'Fehlende Menge', transit: 'Paket noch unterwegs', unwanted: 'Wird nicht mehr benötigt' },
  amount: 'Rückerstattungsbetrag', description: 'Beschreiben Sie das Problem', hint: 'Bitte auf Englisch schreiben', photos: 'Fotos hochladen', videos: 'Video hochladen', drop: 'Fotos hier ablegen',
  next: 'Weiter', submit: 'Absenden',
};

const es = {
  title: 'Abrir una disputa',
  received: '¿Ha recibido su paquete?', yes: 'Sí, lo he recibido', no: 'No, no lo he recibido',
  solution: '¿Qué solución desea?', refund: 'Solo reembolso', return: 'Devolución y reembolso',
  reason: 'Motivo de la solicitud', choose: 'Seleccione',
  kinds: { quality: 'Problema de calidad', description: 'El artículo no coincide con la descripción' },
  reasons: { damaged: 'El artículo llegó dañado', broken: 'El artículo no funciona', colour: 'Color diferente al descrito', wrong: 'Artículo equivocado', missing: 'Faltan unidades', transit: 'Paquete aún en tránsito', unwanted: 'Ya no lo necesito' },
  amount: 'Importe del reembolso', description: 'Describa el problema', hint: 'Escriba en inglés', photos: 'Subir fotos', videos: 'Subir un vídeo', drop: 'Suelte las fotos aquí',
  next: 'Siguiente', submit: 'Enviar',
};

const pt = {
  title: 'Abrir uma disputa',
  received: 'Você recebeu o seu pacote?', yes: 'Sim, eu recebi', no: 'Não, eu não recebi',
  solution: 'Que solução você deseja?', refund: 'Somente reembolso', return: 'Devolução e reembolso',
  reason: 'Motivo do pedido', choose: 'Selecione',
  kinds: { quality: 'Problema de qualidade', description: 'Produto diferente da descrição' },
  reasons: { damaged: 'O produto chegou danificado', broken: 'O produto não funciona', colour: 'Cor diferente da descrita', wrong: 'Produto errado', missing: 'Quantidade faltando', transit: 'Pacote ainda em trânsito', unwanted: 'Não preciso mais' },
  amount: 'Valor do reembolso', description: 'Descreva o problema', hint: 'Escreva em inglês', photos: 'Enviar fotos', videos: 'Enviar um vídeo', drop: 'Solte as fotos aqui',
  next: 'Próximo', submit: 'Enviar',
};

const ru = {
  title: 'Открыть спор',
  received: 'Вы получили посылку?', yes: 'Да, я получил', no: 'Нет, я не получил',
  solution: 'Какое решение вы хотите?', refund: 'Только возврат денег', return: 'Возврат товара и денег',
  reason: 'Причина обращения', choose: 'Выберите',
  kinds: { quality: 'Проблема с качеством', description: 'Товар не соответствует описанию' },
  reasons: { damaged: 'Товар пришёл повреждённым', broken: 'Товар не работает', colour: 'Не тот цвет', wrong: 'Прислали не тот товар', missing: 'Не хватает количества', transit: 'Посылка ещё в пути', unwanted: 'Больше не нужен' },
  amount: 'Сумма возврата', description: 'Опишите проблему', hint: 'Пишите по-английски', photos: 'Загрузить фото', videos: 'Загрузить видео', drop: 'Перетащите фото сюда',
  next: 'Далее', submit: 'Отправить',
};

const ar = {
  title: 'فتح نزاع',
  received: 'هل استلمت الطرد؟', yes: 'نعم، لقد استلمته', no: 'لا، لم أستلمه',
  solution: 'ما الحل الذي تريده؟', refund: 'استرداد الأموال فقط', return: 'إرجاع المنتج واسترداد الأموال',
  reason: 'سبب الطلب', choose: 'يرجى الاختيار',
  kinds: { quality: 'مشكلة في الجودة', description: 'المنتج غير مطابق للوصف' },
  reasons: { damaged: 'وصل المنتج تالفًا', broken: 'المنتج لا يعمل', colour: 'اللون غير مطابق', wrong: 'منتج خاطئ', missing: 'نقص في الكمية', transit: 'الطرد لا يزال في الطريق', unwanted: 'لم أعد بحاجة إليه' },
  amount: 'مبلغ الاسترداد', description: 'صف المشكلة', hint: 'يرجى الكتابة بالإنجليزية', photos: 'تحميل الصور', videos: 'تحميل فيديو', drop: 'أسقط الصور هنا',
  next: 'التالي', submit: 'إرسال',
};

const zh = {
  title: '申请纠纷',
  received: '您收到包裹了吗？', yes: '是，我已收到', no: '否，我没有收到',
  solution: '您希望如何解决？', refund: '仅退款', return: '退货退款',
  reason: '申请原因', choose: '请选择',
  kinds: { quality: '质量问题', description: '商品与描述不符' },
  reasons: { damaged: '商品破损', broken: '商品无法使用', colour: '颜色不符', wrong: '发错货', missing: '数量短缺', transit: '包裹仍在运输途中', unwanted: '不想要了' },
  amount: '退款金额', description: '问题描述', hint: '请用英文填写', photos: '上传图片', videos: '上传视频', drop: '将图片拖到此处',
  next: '下一步', submit: '提交',
};

const all = { en, fr, de, es, pt, ru, ar, zh };

// The shop falls back to English where it has not been translated.
export const formWords = (language) => all[language.toLowerCase()] ?? en;
